"""The read path: one query for what a reader asked, and no table that drafts are in.

The SQL is written out because the ORM takes longer to compose it than the database to answer it
(`benchmarks/reading.py`). Whatever is not found here is explained by `absence`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.schedules import is_anything_due
from calfcms.publishing.source_state import FOLLOWED, SourceState

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_ADDRESSES: Final = 20_000

bodies = BodyCache(max_bytes=MAX_BYTES, max_addresses=MAX_ADDRESSES)
"""What this process has sent, so that the database sends it once."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a reader asks for. `locales` are in order of preference; `en-*` is any kind of `en`."""

    kind: str
    slug: str
    locales: tuple[str, ...]
    format: str
    as_of: datetime | None = None
    number: int | None = None
    partner: str | None = None
    """Whose own sections to show too, where the edition has any."""

    @property
    def is_live(self) -> bool:
        """Whether this asks for what is live now, whatever that is."""
        return self.as_of is None and self.number is None


@dataclass(frozen=True, slots=True)
class StoredRendition:
    """A rendition as it was stored. `content` is None where the reader holds these bytes."""

    locale: str
    number: int
    media_type: str
    since: datetime
    """When this edition became what readers get; of a numbered one, when it was published."""
    digest: str
    review_due_on: date
    content: bytes | None
    is_back: bool = False
    """Whether it was live before, and is again: since the edition after it lapsed, for one."""
    translates: str | None = None
    """The edition that it translates: `en/3`."""
    source: SourceState = FOLLOWED
    """What has become of that one, as its readers are to be told (`overdue_reading`)."""
    is_overdue: bool = False
    """Whether it was marked as overdue (`overdue_reading`)."""
    recall: tuple[str, UUID] | None = None
    """That it was called back since: how bad it is, and the recall's id."""

    @property
    def modified_at(self) -> datetime:
        """Since when readers get just these bytes."""
        moments = [self.since]
        if self.is_overdue:
            moments.append(datetime.combine(self.review_due_on + timedelta(days=1), time(), UTC))
        if self.source.changed_at:
            moments.append(self.source.changed_at)
        return max(moments)


def get_rendition(
    address: Address, *, at: datetime, held: Sequence[str] = ()
) -> StoredRendition | None:
    """The rendition at that address; None where nothing is published there. One query.

    `held` are digests of bytes that the reader holds. Those, and the bytes that this process
    holds, stay in the database. What should have been done by this moment is done first.
    """
    found, is_due = _find(address, at, held)
    if address.is_live and (is_due or (found is None and is_anything_due(at=at))):
        found = _find(address, at, held)[0] if catch_up(at=at) else found
    return found


def _find(
    address: Address, at: datetime, held: Sequence[str]
) -> tuple[StoredRendition | None, bool]:
    body = bodies.find(address)
    known = (body.digest if body else "", *held)
    rows = fetch_rows(*_write_query(address, known, at))
    if not rows:
        return None, False
    is_due, locale, number, media_type, since, is_back, *rest = rows[0]
    moved_at, withdrawn_at, translates, severity, recall, digest, review_due_on, content = rest
    if content is not None:
        content = bytes(content)
        bodies.keep(address, Body(digest, content))
    elif body and body.digest == digest:
        content = body.content
    since = read_instant(since)
    found = StoredRendition(
        locale,
        number,
        media_type,
        since,
        digest,
        review_due_on,
        content,
        bool(is_back),
        translates,
        read_source_state(moved_at, withdrawn_at, as_of=address.as_of),
        recall=(severity, UUID(str(recall))) if severity else None,
    )
    return found, bool(is_due)


def _write_query(address: Address, known: Sequence[str], at: datetime) -> tuple[str, list[Any]]:
    locales = [locale.removesuffix("*") for locale in address.locales]
    partner = [address.partner] if address.partner else []
    sql = _compose(_list_prefixes(address.locales), len(known), _get_span(address), bool(partner))
    now = [write_instant(at)] if address.is_live else []
    parameters = [*now, *known, *partner, address.kind, address.slug, *locales]
    parameters += [*_list_span_values(address), address.format]
    return sql, parameters + (locales if len(locales) > 1 else [])


def _list_prefixes(locales: tuple[str, ...]) -> tuple[int, ...]:
    """For each locale 0 where it must be just that one, else the length of `en-` in `en-*`."""
    return tuple(len(locale) - 1 if locale.endswith("*") else 0 for locale in locales)


def _get_span(address: Address) -> str:
    if address.number is not None:
        return "numbered"
    return "live" if address.as_of is None else "as_of"


def _list_span_values(address: Address) -> list[Any]:
    if address.number is not None:
        return [address.number]
    if address.as_of is not None:
        return [write_instant(address.as_of)] * 2
    return []


IS_DUE = "EXISTS (SELECT 1 FROM publishing_schedule s WHERE s.ended_at IS NULL AND s.due_at <= %s)"
"""Whether anything should have been done by a moment: one look into a small index."""
_NEVER = "1 = 0"
"""What was, and what has a number, no schedule changes."""
_RETURNED = (
    "p.started_at, p.started_at > e.published_at, "
    "p.source_moved_at, p.source_withdrawn_at, e.translates"
)
_RECALLED = "LEFT JOIN publishing_recall c ON c.edition_id = e.id"
"""What is live was not recalled; what was live, or has a number, may have been."""
_SPANS = {
    "live": (
        IS_DUE,
        f"{_RETURNED}, NULL, NULL",
        "JOIN publishing_liveperiod p ON p.document_id = d.id AND p.ended_at IS NULL "
        "JOIN publishing_edition e ON e.id = p.edition_id",
        "",
    ),
    "as_of": (
        _NEVER,
        f"{_RETURNED}, c.severity, c.id",
        "JOIN publishing_liveperiod p ON p.document_id = d.id "
        f"JOIN publishing_edition e ON e.id = p.edition_id {_RECALLED}",
        "AND p.started_at <= %s AND (p.ended_at IS NULL OR p.ended_at > %s)",
    ),
    "numbered": (
        _NEVER,
        f"e.published_at, {_NEVER}, NULL, NULL, e.translates, c.severity, c.id",
        f"JOIN publishing_edition e ON e.document_id = d.id {_RECALLED}",
        "AND e.number = %s",
    ),
}


_FOR_ALL = ("r.digest", "r.body", "")
_FOR_PARTNER = (
    "COALESCE(o.digest, r.digest)",
    "COALESCE(o.body, r.body)",
    "LEFT JOIN publishing_partnerrendition o "
    "ON o.edition_id = e.id AND o.partner = %s AND o.format = r.format ",
)
"""A partner's own rendition in place of everybody's, where there is one."""


@lru_cache(maxsize=1024)
def _compose(prefixes: tuple[int, ...], known: int, span: str, is_for_partner: bool) -> str:
    is_due, since, join, condition = _SPANS[span]
    digest, body, own = _FOR_PARTNER if is_for_partner else _FOR_ALL
    digests = ", ".join(["%s"] * known)
    matches = [_match_locale(prefix) for prefix in prefixes]
    return (
        f"SELECT {is_due}, d.locale, e.number, r.media_type, {since}, {digest}, "  # noqa: S608 - constants
        "e.next_review_due_on, "
        f"CASE WHEN {digest} IN ({digests}) THEN NULL ELSE {body} END "
        f"FROM publishing_document d {join} "
        f"JOIN publishing_rendition r ON r.edition_id = e.id {own}"
        f"WHERE d.kind = %s AND d.slug = %s AND ({' OR '.join(matches)}) {condition} "
        f"AND r.format = %s {_prefer(matches)}"
    )


def _match_locale(prefix: int) -> str:
    # No LIKE: SQLite prepares a statement anew whenever a LIKE in it gets another value.
    return f"substr(d.locale, 1, {prefix}) = %s" if prefix else "d.locale = %s"


def _prefer(matches: Sequence[str]) -> str:
    if len(matches) == 1:
        return ""
    ranks = " ".join(f"WHEN {match} THEN {rank}" for rank, match in enumerate(matches))
    return f"ORDER BY CASE {ranks} END, d.locale LIMIT 1"


def write_instant(at: datetime) -> Any:
    """A moment as this database compares it."""
    return connection.ops.adapt_datetimefield_value(at)


def read_instant(at: datetime) -> datetime:
    """A moment as a raw query returns it, in UTC: SQLite keeps no time zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def read_source_state(
    moved_at: datetime | None, withdrawn_at: datetime | None, *, as_of: datetime | None = None
) -> SourceState:
    """The columns of a live period as a raw query returns them, as they stood at that moment."""
    if moved_at is None:
        return FOLLOWED
    gone = read_instant(withdrawn_at) if withdrawn_at else None
    return SourceState(read_instant(moved_at), gone).as_of(as_of)
