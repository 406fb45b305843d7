"""Planning: a draft is to go out, or an edition to be withdrawn, at a later time."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.withdraw import list_withdrawal_problems
from calfcms.publishing.candidate import list_candidate_problems, read_candidate
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document, Schedule, Verb
from calfcms.publishing.problem import Problem, Refused, refuse
from calfcms.publishing.rights import require_right
from calfcms.publishing.schedules import list_pending_schedules
from calfcms.publishing.selectors import get_live_edition


@transaction.atomic
def schedule(
    *,
    document: Document,
    verb: Verb,
    due_at: datetime,
    by: User,
    at: datetime,
    reason: str = "",
    replacement: str = "",
) -> Schedule:
    """Plan to publish what the draft says now, or to withdraw what is live now, at `due_at`.

    The plan is for exactly this content: it fails, and says so, if the content is another by then.
    Raises `Refused` with every reason that is known already, as of the day when it is due.
    """
    _refuse_verb(verb)
    require_right(by, verb)
    document = lock_document(document)
    if problems := [
        *_list_time_problems(document, verb, due_at, at),
        *_list_problems(document, verb, due_at, reason, replacement),
    ]:
        raise Refused(problems)
    planned = Schedule.objects.create(
        document=document,
        verb=verb,
        due_at=due_at,
        content_digest=_get_digest(document, verb, due_at),
        reason=reason.strip(),
        replacement=replacement,
        requested_at=at,
        requested_by=by,
    )
    _record(planned, by=by, at=at)
    return planned


def _refuse_verb(verb: Verb) -> None:
    if verb not in (Verb.PUBLISH, Verb.WITHDRAW):
        raise refuse(
            "not_schedulable",
            f"Nobody can plan to {verb}: that follows from a deadline.",
            "Plan to publish or to withdraw.",
            "/verb",
        )


def _list_time_problems(
    document: Document, verb: Verb, due_at: datetime, at: datetime
) -> list[Problem]:
    problems = []
    if due_at <= at:
        problems.append(
            Problem(
                "due_in_the_past",
                f"{format_instant(due_at)} is over: it is {format_instant(at)}.",
                f"Choose a later time, or {verb} at once.",
                "/due_at",
            )
        )
    if pending := list_pending_schedules(document).filter(verb=verb).first():
        problems.append(
            Problem(
                "already_scheduled",
                f"There is a plan already to {verb} {document} at "
                f"{format_instant(pending.due_at)}.",
                "Cancel that first, then plan anew.",
            )
        )
    return problems


def _list_problems(
    document: Document, verb: Verb, due_at: datetime, reason: str, replacement: str
) -> list[Problem]:
    if verb == Verb.WITHDRAW:
        return list_withdrawal_problems(document, reason=reason, replacement=replacement)
    candidate = read_candidate(document, at=due_at)
    return list_candidate_problems(candidate, LibraryOfEditions(pending=[candidate.content]))


def _get_digest(document: Document, verb: Verb, due_at: datetime) -> str:
    live = get_live_edition(document)
    if verb == Verb.WITHDRAW and live is not None:
        return live.content_digest
    return read_candidate(document, at=due_at).content_digest


def _record(planned: Schedule, *, by: User, at: datetime) -> None:
    record_event(
        action="schedule.requested",
        by=by,
        at=at,
        document=planned.document,
        content_digest=planned.content_digest,
        details={
            "verb": planned.verb,
            "due_at": format_instant(planned.due_at),
            "reason": planned.reason,
            "replacement": planned.replacement,
        },
    )
