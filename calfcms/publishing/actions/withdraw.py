"""Withdrawing: readers are told that it is gone, why, and where to go instead."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import Document, Ending, LivePeriod
from calfcms.publishing.problem import refuse
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
    period = _get_open_period(document)
    _refuse_unexplained(document, reason, replacement)
    period.ended_at, period.ended_by, period.ending = at, by, Ending.WITHDRAWN
    period.reason, period.replacement = reason.strip(), replacement
    period.save()
    record_event(
        action=EDITION_WITHDRAWN,
        by=by,
        at=at,
        document=document,
        content_digest=period.edition.content_digest,
        edition=period.edition.number,
        details={"reason": period.reason, "replacement": replacement},
    )
    return period


def _get_open_period(document: Document) -> LivePeriod:
    period = (
        LivePeriod.objects.filter(document=document, ended_at=None)
        .select_related("edition")
        .first()
    )
    if period is None:
        raise refuse(
            "not_live",
            f"Nothing of {document} is published.",
            "There is nothing to withdraw.",
        )
    return period


def _refuse_unexplained(document: Document, reason: str, replacement: str) -> None:
    if not reason.strip():
        raise refuse(
            "reason_missing",
            "A withdrawal needs a reason.",
            "Say why; readers who come to this address are shown it.",
            "/reason",
        )
    live = list_live_editions(kind=document.kind).exclude(document=document)
    if replacement and not live.filter(document__slug=replacement).exists():
        raise refuse(
            "replacement_not_live",
            f"There is no live {document.kind} named {replacement!r} to send readers to.",
            "Publish it first, or leave the replacement out.",
            "/replacement",
        )
