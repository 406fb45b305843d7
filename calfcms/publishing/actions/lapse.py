"""The deadline of an edition that went out unsigned."""

from datetime import datetime

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.live_periods import get_open_period, go_live
from calfcms.publishing.actions.refresh_standing import update_standing
from calfcms.publishing.actions.withdraw import take_away
from calfcms.publishing.candidate import list_signature_problems, read_unsigned_candidate
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import BreakGlass, Schedule
from calfcms.publishing.problem import refuse
from calfcms.publishing.selectors import (
    EDITION_LAPSED,
    get_break_glass,
    get_live_edition,
    is_recalled,
)


def lapse_unless_signed(schedule: Schedule, *, at: datetime) -> str:
    """Make the signed edition before live again, unless this one has its sign-off; what was done.

    Where that one was recalled meanwhile, nothing is live.

    Called inside the transaction that carries out the schedule, with the document locked. Nobody's
    rights are asked: the deadline passes whoever set it.
    """
    glass = get_break_glass(get_live_edition(schedule.document))
    if glass is None or glass.edition.content_digest != schedule.content_digest:
        raise refuse(
            "not_unsigned",
            f"The unsigned edition of {schedule.document} is not live any more.",
            "There is nothing to do.",
        )
    if _is_signed(glass, at):
        return _keep(glass, schedule, at)
    return _lapse(glass, schedule, at)


def _is_signed(glass: BreakGlass, at: datetime) -> bool:
    candidate = read_unsigned_candidate(glass.edition, at=at)
    return candidate.submission is not None and not list_signature_problems(candidate)


def _keep(glass: BreakGlass, schedule: Schedule, at: datetime) -> str:
    record_event(
        action="break_glass.signed",
        by=schedule.requested_by,
        at=at,
        document=schedule.document,
        content_digest=schedule.content_digest,
        edition=glass.edition.number,
        details={"deadline_at": format_instant(glass.deadline_at)},
    )
    return f"Edition {glass.edition.number} was signed before its deadline and stays."


def _lapse(glass: BreakGlass, schedule: Schedule, at: datetime) -> str:
    document, by = schedule.document, schedule.requested_by
    reason = (
        f"Published unsigned in an emergency; nobody signed it by "
        f"{format_instant(glass.deadline_at)}."
    )
    period = get_open_period(document)
    if period is not None and is_recalled(glass.previous):
        take_away(period, by=by, at=at, reason=f"{reason} {_say_recalled(glass)}")
        return f"Edition {glass.edition.number} lapsed and was withdrawn. {_say_recalled(glass)}"
    go_live(glass.previous, by=by, at=at, reason=reason)
    update_standing(document)
    record_event(
        action=EDITION_LAPSED,
        by=by,
        at=at,
        document=document,
        content_digest=schedule.content_digest,
        edition=glass.edition.number,
        details={"reason": reason, "live_again": glass.previous.number},
    )
    return f"Edition {glass.edition.number} lapsed; edition {glass.previous.number} is live again."


def _say_recalled(glass: BreakGlass) -> str:
    return f"Edition {glass.previous.number}, which was to take its place, has been recalled."
