"""Publishing unsigned, in an emergency, until a deadline.

Everything else that publishing asks for still holds. What goes out says openly that nobody has
signed it, and the edition before takes its place again unless somebody does in time.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.freeze import Terms, freeze
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.refresh_standing import update_standing
from calfcms.publishing.candidate import Candidate, read_candidate
from calfcms.publishing.edition_json import build_unsigned_review, format_instant
from calfcms.publishing.emergency import (
    get_previous,
    list_emergency_problems,
    list_request_problems,
)
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import BreakGlass, Document, Edition, Schedule, Verb
from calfcms.publishing.policy import ChangeClass, is_class_too_low
from calfcms.publishing.problem import Refused
from calfcms.publishing.rights import require_right


@transaction.atomic
def break_glass(
    *, document: Document, by: User, at: datetime, reason: str, deadline_at: datetime
) -> Edition:
    """Publish what the draft says without the sign-off that it needs.

    Raises `Refused`, with every reason, where no signed edition is live that could take over at
    the deadline, the deadline is too late, a reviewer asked for changes, or the content has
    problems of its own.
    """
    require_right(by, "break_glass")
    document = lock_document(document)
    candidate = read_candidate(document, at=at)
    library = LibraryOfEditions(pending=[candidate.content])
    previous = get_previous(candidate)
    problems = list_request_problems(document, reason=reason, deadline_at=deadline_at, at=at)
    problems += list_emergency_problems(candidate, library)
    if previous is None or problems:
        raise Refused(problems)
    terms = _get_terms(candidate, previous, reason=reason.strip(), deadline_at=deadline_at)
    edition = freeze(candidate, library, terms, by=by)
    glass = BreakGlass.objects.create(
        edition=edition,
        previous=previous,
        reason=reason.strip(),
        deadline_at=deadline_at,
        broken_at=at,
        broken_by=by,
    )
    update_standing(document)  # once more: what is unsigned changes what is measured against
    _plan_lapse(glass)
    _record(glass)
    return edition


def _get_terms(
    candidate: Candidate, previous: Edition, *, reason: str, deadline_at: datetime
) -> Terms:
    change_class = candidate.change_class
    if is_class_too_low(change_class, is_safety_change=candidate.is_safety_change):
        change_class = ChangeClass.CLINICAL
    return Terms(
        change_class=change_class,
        change_note=candidate.submission.note if candidate.submission else reason,
        last_reviewed_on=previous.last_reviewed_on,
        next_review_due_on=previous.next_review_due_on,
        review=build_unsigned_review(
            last_reviewed_on=previous.last_reviewed_on,
            next_review_due_on=previous.next_review_due_on,
            reason=reason,
            until=deadline_at,
        ),
    )


def _plan_lapse(glass: BreakGlass) -> None:
    Schedule.objects.create(
        document=glass.edition.document,
        verb=Verb.LAPSE,
        due_at=glass.deadline_at,
        content_digest=glass.edition.content_digest,
        reason=glass.reason,
        requested_at=glass.broken_at,
        requested_by=glass.broken_by,
    )


def _record(glass: BreakGlass) -> None:
    edition = glass.edition
    record_event(
        action="edition.break_glass",
        by=glass.broken_by,
        at=glass.broken_at,
        document=edition.document,
        content_digest=edition.content_digest,
        edition=edition.number,
        details={
            "reason": glass.reason,
            "deadline_at": format_instant(glass.deadline_at),
            "lapses_to": glass.previous.number,
        },
    )
