"""Withdrawing: readers are told that it is gone, why, and where to go instead."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.end_schedule import cancel_pending
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.live_periods import end_period, get_open_period
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import Document, Ending, LivePeriod, Verb
from calfcms.publishing.problem import Problem, Refused
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import EDITION_WITHDRAWN, list_live_editions


@transaction.atomic
def withdraw(
    *, document: Document, by: User, at: datetime, reason: str, replacement: str = ""
) -> LivePeriod:
    """Take the live edition away from readers; it stays in the history.

    `replacement` is the slug of a live document of the same kind. Raises `Refused` when nothing is
    live, the reason is missing, or the replacement is not there.
    """
    require_right(by, "withdraw")
    document = lock_document(document)
    period = get_open_period(document)
    problems = list_withdrawal_problems(document, reason=reason, replacement=replacement)
    if period is None or problems:
        raise Refused(problems)
    end_period(
        period,
        by=by,
        at=at,
        ending=Ending.WITHDRAWN,
        reason=reason.strip(),
        replacement=replacement,
    )
    record_event(
        action=EDITION_WITHDRAWN,
        by=by,
        at=at,
        document=document,
        content_digest=period.edition.content_digest,
        edition=period.edition.number,
        details={"reason": period.reason, "replacement": replacement},
    )
    note = f"Edition {period.edition.number} was withdrawn."
    cancel_pending(document, verbs=[Verb.LAPSE, Verb.WITHDRAW], by=by, at=at, note=note)
    return period


def list_withdrawal_problems(
    document: Document, *, reason: str, replacement: str = ""
) -> list[Problem]:
    """Every reason why the live edition cannot be withdrawn like this."""
    problems = []
    if get_open_period(document) is None:
        problems.append(
            Problem(
                "not_live",
                f"Nothing of {document} is published.",
                "There is nothing to withdraw.",
            )
        )
    if not reason.strip():
        problems.append(
            Problem(
                "reason_missing",
                "A withdrawal needs a reason.",
                "Say why; readers who come to this address are shown it.",
                "/reason",
            )
        )
    live = list_live_editions(kind=document.kind).exclude(document=document)
    if replacement and not live.filter(document__slug=replacement).exists():
        problems.append(
            Problem(
                "replacement_not_live",
                f"There is no live {document.kind} named {replacement!r} to send readers to.",
                "Publish it first, or leave the replacement out.",
                "/replacement",
            )
        )
    return problems
