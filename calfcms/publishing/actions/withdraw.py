"""Withdrawing: readers are told that it is gone, why, and where to go instead."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

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
    reason = reason.strip()
    take_away(period, by=by, at=at, reason=reason, replacement=replacement)
    return period


def take_away(
    period: LivePeriod,
    *,
    by: User,
    at: datetime,
    reason: str,
    replacement: str = "",
    action: str = EDITION_WITHDRAWN,
    details: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """End what readers get of a locked document, record it as that action, and cancel what was
    planned for it. Its callers have asked for rights and reasons."""
    document, edition = period.document, period.edition
    end_period(
        period, by=by, at=at, ending=Ending.WITHDRAWN, reason=reason, replacement=replacement
    )
    record_event(
        action=action,
        by=by,
        at=at,
        document=document,
        content_digest=edition.content_digest,
        edition=edition.number,
        details={"reason": reason, "replacement": replacement, **details},
    )
    note = f"Edition {edition.number} was withdrawn."
    cancel_pending(document, verbs=[Verb.LAPSE, Verb.WITHDRAW], by=by, at=at, note=note)


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
    return problems + list_replacement_problems(document, replacement)


def list_replacement_problems(document: Document, replacement: str) -> list[Problem]:
    """Why readers cannot be sent there instead; empty means nowhere."""
    live = list_live_editions(kind=document.kind).exclude(document=document)
    if not replacement or live.filter(document__slug=replacement).exists():
        return []
    return [
        Problem(
            "replacement_not_live",
            f"There is no live {document.kind} named {replacement!r} to send readers to.",
            "Publish it first, or leave the replacement out.",
            "/replacement",
        )
    ]
