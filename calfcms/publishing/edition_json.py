"""The JSON of an edition, as API.md lays it out. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from calfcms.publishing.digest import digest_of

SCHEMA_VERSION = 1

HEAD_MEMBERS = (
    *("schema_version", "kind", "id", "slug", "locale", "edition", "digest", "content_digest"),
    *("published_at", "change"),
)
"""The members that every edition begins with, whatever its kind. It ends with `review`."""
CARD_HEAD = ("slug", "locale", "edition", "digest", "content_digest", "published_at", "change")
"""The members that every card begins with. It ends with `review` and `url`."""


def format_instant(at: datetime) -> str:
    """A UTC timestamp as the API writes it: `2026-11-21T09:30:00Z`, microseconds if there are."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def build_review(
    *, last_reviewed_on: date, next_review_due_on: date, sign_offs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The member `review`: when it was last reviewed, when it is due, and who signed."""
    return {
        "last_reviewed": last_reviewed_on.isoformat(),
        "next_review_due": next_review_due_on.isoformat(),
        "sign_offs": list(sign_offs),
    }


def build_unsigned_review(
    *, last_reviewed_on: date, next_review_due_on: date, reason: str, until: datetime
) -> dict[str, Any]:
    """The member `review` of an edition that went out by break-glass: nobody has signed it.

    The dates are those of the signed edition before, since there was no review.
    """
    return {
        "last_reviewed": last_reviewed_on.isoformat(),
        "next_review_due": next_review_due_on.isoformat(),
        "unsigned": {"reason": reason, "until": format_instant(until)},
        "sign_offs": [],
    }


def build_edition_json(
    *,
    kind: str,
    content_id: str,
    slug: str,
    locale: str,
    number: int,
    content_digest: str,
    published_at: datetime,
    change_class: str,
    change_note: str,
    described: Mapping[str, Any],
    review: Mapping[str, Any],
    partner: str | None = None,
) -> dict[str, Any]:
    """The complete edition. Its `digest` covers every other member, so that a reader can check it.

    To check: take the member `digest` out, write the rest as canonical JSON (RFC 8785), SHA-256.
    With `partner` it is what only this partner's keys read, and says so.
    """
    edition = {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "id": content_id,
        "slug": slug,
        "locale": locale,
        "edition": number,
        "digest": "",
        "content_digest": content_digest,
        "published_at": format_instant(published_at),
        "change": {"class": change_class, "note": change_note},
        **({"partner": partner} if partner else {}),
        **described,
        "review": dict(review),
    }
    covered = {name: value for name, value in edition.items() if name != "digest"}
    return edition | {"digest": digest_of(covered)}


def build_card(edition: Mapping[str, Any], members: Sequence[str], *, path: str) -> dict[str, Any]:
    """The edition as a list shows it: its head, some members, its review, and where to read it."""
    url = f"/api/v1/{path}/{edition['slug']}?locale={edition['locale']}"
    return {name: edition[name] for name in (*CARD_HEAD, *members, "review")} | {"url": url}
