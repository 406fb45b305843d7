"""Freezing a draft into an edition that is live from now on. Its callers say why it may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.actions.end_schedule import cancel_pending
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.live_periods import go_live
from calfcms.publishing.actions.partner_renditions import store_partner_renditions
from calfcms.publishing.actions.refresh_standing import update_standing
from calfcms.publishing.candidate import Candidate
from calfcms.publishing.digest import canonical_json, digest_of_bytes
from calfcms.publishing.edition_json import build_card, build_edition_json
from calfcms.publishing.facets import store_facets
from calfcms.publishing.kinds import Library
from calfcms.publishing.models import Edition, Rendition, Schedule, Verb
from calfcms.publishing.policy import ChangeClass
from calfcms.publishing.selectors import EDITION_PUBLISHED
from calfcms.publishing.translations import read_pin


@dataclass(frozen=True)
class Terms:
    """What an edition says about how it came to be published."""

    change_class: ChangeClass
    change_note: str
    last_reviewed_on: date
    next_review_due_on: date
    review: Mapping[str, Any]
    """The member `review` of its JSON."""


def freeze(candidate: Candidate, library: Library, terms: Terms, *, by: User) -> Edition:
    """Write the edition with all its renditions, make it live, and record that it was published.

    Called inside the transaction of an action that has locked the document and found no problem.
    """
    document, at = candidate.document, candidate.at
    number = candidate.last.number + 1 if candidate.last else 1
    edition_json = _build_json(candidate, library, number, terms)
    pin = read_pin(candidate.content)
    edition = Edition.objects.create(
        document=document,
        number=number,
        content=canonical_json(candidate.content).decode(),
        content_digest=candidate.content_digest,
        digest=edition_json["digest"],
        translates=str(pin) if pin else None,
        change_class=terms.change_class,
        change_note=terms.change_note,
        last_reviewed_on=terms.last_reviewed_on,
        next_review_due_on=terms.next_review_due_on,
        published_at=at,
        published_by=by,
    )
    _store_renditions(candidate, edition, edition_json)
    store_facets(edition, candidate.kind.list_facets(edition_json, candidate.content))
    _store_for_partners(candidate, library, edition, terms)
    go_live(edition, by=by, at=at)
    update_standing(document)
    for translation in candidate.kind.list_drafts_translating(document, number):
        update_standing(translation)
    record_event(
        action=EDITION_PUBLISHED,
        by=by,
        at=at,
        document=document,
        content_digest=edition.content_digest,
        edition=number,
        details={
            "digest": edition.digest,
            "change": edition_json["change"],
            **candidate.kind.describe_evidence(candidate.content, library),
        },
    )
    _cancel_plans(edition, by=by)
    return edition


def _cancel_plans(edition: Edition, *, by: User) -> None:
    """What lapses is live no more, and what was to be published later has just been."""
    document, at = edition.document, edition.published_at
    note = f"Edition {edition.number} was published."
    cancel_pending(document, verbs=[Verb.LAPSE], by=by, at=at, note=note)
    same = Schedule.objects.filter(
        document=document, verb=Verb.PUBLISH, content_digest=edition.content_digest, ended_at=None
    )
    if same.exists():
        cancel_pending(document, verbs=[Verb.PUBLISH], by=by, at=at, note=note)


def _build_json(
    candidate: Candidate, library: Library, number: int, terms: Terms, partner: str | None = None
) -> dict[str, Any]:
    return build_edition_json(
        kind=candidate.document.kind,
        content_id=str(candidate.document.content_id),
        slug=candidate.document.slug,
        locale=candidate.document.locale,
        number=number,
        content_digest=candidate.content_digest,
        published_at=candidate.at,
        change_class=terms.change_class,
        change_note=terms.change_note,
        described=_describe(candidate, library, partner),
        review=terms.review,
        partner=partner,
    )


def _describe(candidate: Candidate, library: Library, partner: str | None) -> dict[str, Any]:
    kind, content = candidate.kind, candidate.content
    if partner is None:
        return kind.describe(content, library)
    return kind.describe_for_partner(content, library, partner=partner)


def _store_renditions(candidate: Candidate, edition: Edition, edition_json: dict[str, Any]) -> None:
    kind = candidate.kind
    bodies = {
        "json": _write_json(edition_json),
        "card": _write_json(build_card(edition_json, kind.card_members, path=kind.path)),
        **kind.render(edition_json, candidate.content),
        **kind.render_internal(edition_json, candidate.content),
    }
    Rendition.objects.bulk_create(
        Rendition(
            edition=edition,
            format=name,
            media_type=kind.formats.get(name, kind.formats["json"]),
            body=body,
            digest=digest_of_bytes(body),
        )
        for name, body in bodies.items()
    )


def _store_for_partners(
    candidate: Candidate, library: Library, edition: Edition, terms: Terms
) -> None:
    kind, content = candidate.kind, candidate.content

    def write_bodies(partner: str) -> dict[str, bytes]:
        value = _build_json(candidate, library, edition.number, terms, partner)
        return {"json": _write_json(value), **kind.render(value, content)}

    store_partner_renditions(edition, kind, content, write_bodies=write_bodies)


def _write_json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
