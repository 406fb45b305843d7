"""Publishing: freezing what was signed into an edition that readers get from then on."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_documents
from calfcms.publishing.actions.refresh_standing import update_standing
from calfcms.publishing.candidate import (
    Candidate,
    get_review_dates,
    list_candidate_problems,
    list_sign_off_members,
    read_candidate,
)
from calfcms.publishing.digest import canonical_json, digest_of_bytes
from calfcms.publishing.edition_json import build_card, build_edition_json, build_review
from calfcms.publishing.kinds import Library
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document, Edition, Ending, LivePeriod, Rendition
from calfcms.publishing.problem import Refused, refuse
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import EDITION_PUBLISHED


def publish(*, document: Document, by: User, at: datetime) -> Edition:
    """Publish what the draft says now, as its submission describes the change.

    Raises `Refused` with every reason why not; then nothing was written.
    """
    return publish_together(documents=[document], by=by, at=at)[0]


@transaction.atomic
def publish_together(*, documents: Sequence[Document], by: User, at: datetime) -> list[Edition]:
    """Publish several drafts in one step: all of them, or none.

    That is how pages that link to each other go live, or a red flag together with its rule.
    """
    require_right(by, "publish")
    candidates = [read_candidate(document, at=at) for document in lock_documents(documents)]
    library = LibraryOfEditions(pending=[candidate.content for candidate in candidates])
    problems = [
        problem
        for candidate in candidates
        for problem in list_candidate_problems(candidate, library)
    ]
    if problems:
        raise Refused(problems)
    return [_freeze(candidate, library, by=by) for candidate in candidates]


def _freeze(candidate: Candidate, library: Library, *, by: User) -> Edition:
    number = candidate.last.number + 1 if candidate.last else 1
    last_reviewed_on, next_review_due_on = get_review_dates(candidate)
    review = build_review(
        last_reviewed_on=last_reviewed_on,
        next_review_due_on=next_review_due_on,
        sign_offs=list_sign_off_members(candidate),
    )
    edition_json = _build_json(candidate, library, number, review)
    edition = Edition.objects.create(
        document=candidate.document,
        number=number,
        content=canonical_json(candidate.content).decode(),
        content_digest=candidate.content_digest,
        digest=edition_json["digest"],
        change_class=candidate.change_class,
        change_note=edition_json["change"]["note"],
        last_reviewed_on=last_reviewed_on,
        next_review_due_on=next_review_due_on,
        published_at=candidate.at,
        published_by=by,
    )
    _store_renditions(candidate, edition, edition_json)
    _go_live(candidate, edition, by=by)
    update_standing(candidate.document)
    record_event(
        action=EDITION_PUBLISHED,
        by=by,
        at=candidate.at,
        document=candidate.document,
        content_digest=edition.content_digest,
        edition=number,
        details={"digest": edition.digest, "change": edition_json["change"]},
    )
    return edition


def _build_json(
    candidate: Candidate, library: Library, number: int, review: dict[str, Any]
) -> dict[str, Any]:
    return build_edition_json(
        kind=candidate.document.kind,
        content_id=str(candidate.document.content_id),
        slug=candidate.document.slug,
        locale=candidate.document.locale,
        number=number,
        content_digest=candidate.content_digest,
        published_at=candidate.at,
        change_class=candidate.change_class,
        change_note=candidate.submission.note if candidate.submission else "",
        described=candidate.kind.describe(candidate.content, library),
        review=review,
    )


def _store_renditions(candidate: Candidate, edition: Edition, edition_json: dict[str, Any]) -> None:
    kind = candidate.kind
    bodies = {
        "json": _write_json(edition_json),
        "card": _write_json(build_card(edition_json, kind.card_members, path=kind.path)),
        **kind.render(edition_json, candidate.content),
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


def _write_json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _go_live(candidate: Candidate, edition: Edition, *, by: User) -> None:
    open_periods = LivePeriod.objects.filter(document=candidate.document, ended_at=None)
    for period in open_periods:
        _refuse_clock_behind(candidate.at, period.started_at)
    open_periods.update(ended_at=candidate.at, ended_by=by, ending=Ending.SUPERSEDED)
    LivePeriod.objects.create(
        document=candidate.document, edition=edition, started_at=candidate.at, started_by=by
    )


def _refuse_clock_behind(at: datetime, started_at: datetime) -> None:
    if at <= started_at:
        raise refuse(
            "clock_behind",
            f"The live edition was published at {started_at.isoformat()}, which is not before "
            f"{at.isoformat()}.",
            "Check this machine's clock, and publish again.",
        )
