"""Doing what was planned, once it is due.

The worker calls it in every round, and so does the first reader of a document after it was due
(docs/decisions/0012). Any number of them may call it at once.
"""

from datetime import datetime

from django.db import transaction

from calfcms.publishing.actions.end_schedule import end_schedule, mark_ended, record_ending
from calfcms.publishing.actions.lapse import lapse_unless_signed
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Outcome, Schedule, Verb
from calfcms.publishing.problem import Refused, refuse
from calfcms.publishing.schedules import list_due_schedules
from calfcms.publishing.selectors import get_live_edition


def carry_out_due(*, at: datetime) -> int:
    """Do every schedule that is due, each in its own transaction; how many came to an end.

    What is refused has come to its end too: it failed, and says why. An unforeseen error stops
    only the schedule that it is in, which stays pending; they are raised together at the end.
    """
    ended, errors = 0, []
    for key in list(list_due_schedules(at=at).values_list("pk", flat=True)):
        try:
            ended += _carry_out(key, at=at)
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Some schedules could not be carried out", errors)
    return ended


@transaction.atomic
def _carry_out(key: int, *, at: datetime) -> bool:
    lock_document(Schedule.objects.select_related("document").get(pk=key).document)
    schedule = Schedule.objects.select_related("document", "requested_by").get(pk=key)
    if schedule.ended_at is not None:  # somebody else was faster
        return False
    try:
        with transaction.atomic():
            mark_ended(schedule, outcome=Outcome.DONE, at=at)
            note = _act(schedule, at=at)
            mark_ended(schedule, outcome=Outcome.DONE, at=at, note=note)
            record_ending(schedule, by=schedule.requested_by, at=at)
    except Refused as refused:
        note = "\n".join(str(problem) for problem in refused.problems)
        end_schedule(schedule, outcome=Outcome.FAILED, by=schedule.requested_by, at=at, note=note)
    return True


def _act(schedule: Schedule, *, at: datetime) -> str:
    if schedule.verb == Verb.PUBLISH:
        return _publish(schedule, at)
    if schedule.verb == Verb.WITHDRAW:
        return _withdraw(schedule, at)
    return lapse_unless_signed(schedule, at=at)


def _publish(schedule: Schedule, at: datetime) -> str:
    document = schedule.document
    if digest_of(get_kind(document.kind).read_content(document)) != schedule.content_digest:
        raise refuse(
            "draft_changed",
            f"The draft of {document} no longer says what was planned.",
            "Publish what was signed by hand, or plan anew.",
        )
    edition = publish(document=document, by=schedule.requested_by, at=at)
    return f"Edition {edition.number} was published."


def _withdraw(schedule: Schedule, at: datetime) -> str:
    live = get_live_edition(schedule.document)
    if live is not None and live.content_digest != schedule.content_digest:
        raise refuse(
            "live_edition_changed",
            f"Another edition of {schedule.document} has gone live since: {live.number}.",
            "Withdraw that one by hand if it must go too.",
        )
    period = withdraw(
        document=schedule.document,
        by=schedule.requested_by,
        at=at,
        reason=schedule.reason,
        replacement=schedule.replacement,
    )
    return f"Edition {period.edition.number} was withdrawn."
