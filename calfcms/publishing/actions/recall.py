"""Recalling: an edition that nobody should go on showing is called back from whoever holds it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.follow_source import follow_source
from calfcms.publishing.actions.live_periods import get_open_period
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.refresh_standing import update_standing
from calfcms.publishing.actions.withdraw import list_replacement_problems, take_away
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.live_changes import tell_followers
from calfcms.publishing.models import Document, Edition, LivePeriod, Recall, Severity, Standing
from calfcms.publishing.problem import Problem, Refused
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import EDITION_RECALLED, get_live_edition


@transaction.atomic
def recall(
    *,
    document: Document,
    number: int,
    severity: str,
    reason: str,
    by: User,
    at: datetime,
    replacement: str = "",
) -> Recall:
    """Call an edition back. If it is live, readers are told that it is gone, why, and where to go.

    The edition itself stays readable by number, for ever: whoever must know what was shown can.
    Raises `Refused`, with every reason, where it was never published or was recalled already, or
    where the severity or the reason is missing.
    """
    require_right(by, "recall")
    document = lock_document(document)
    edition = Edition.objects.filter(document=document, number=number).first()
    period = _get_period(document, number)
    problems = [
        *list_edition_problems(document, number, edition),
        *list_statement_problems(severity, reason),
        *_list_replacement_problems(document, replacement, period),
    ]
    if edition is None or problems:
        raise Refused(problems)
    made = Recall.objects.create(
        document=document,
        edition=edition,
        severity=severity,
        reason=reason.strip(),
        recalled_at=at,
        recalled_by=by,
    )
    _record(made, period, replacement=replacement)
    if period is None:  # its translations may be live all the same
        follow_source(document, get_live_edition(document), by=by, at=at)
    if Standing.objects.filter(document=document).exists():
        update_standing(document)  # a recalled edition is nothing to measure a change against
    return made


def list_edition_problems(
    document: Document, number: int, edition: Edition | None
) -> list[Problem]:
    """Why this edition cannot be recalled: there is none, or it was."""
    if edition is None:
        return [
            Problem(
                "not_published",
                f"There is no edition {number} of {document}.",
                "Choose one of those that were published.",
                "/edition",
            )
        ]
    earlier = Recall.objects.filter(edition=edition).first()
    if earlier is None:
        return []
    return [
        Problem(
            "recalled_already",
            f"Edition {number} of {document} was recalled at "
            f"{format_instant(earlier.recalled_at)}.",
            "There is nothing to do: a recall stands for ever.",
            "/edition",
        )
    ]


def list_statement_problems(severity: str, reason: str) -> list[Problem]:
    """What is missing of what partners must know."""
    problems = []
    if severity not in Severity.values:
        problems.append(
            Problem(
                "severity_unknown",
                f"{severity!r} is no severity." if severity else "There is no severity.",
                f"Choose one of {', '.join(Severity.values)}.",
                "/severity",
            )
        )
    if not reason.strip():
        problems.append(
            Problem(
                "reason_missing",
                "A recall needs a reason.",
                "Say what is wrong; partners and readers are shown it.",
                "/reason",
            )
        )
    return problems


def _list_replacement_problems(
    document: Document, replacement: str, period: LivePeriod | None
) -> list[Problem]:
    if replacement and period is None:
        return [
            Problem(
                "not_live",
                "This edition is not live, so no reader is sent anywhere else.",
                "Leave the replacement out.",
                "/replacement",
            )
        ]
    return list_replacement_problems(document, replacement)


def _get_period(document: Document, number: int) -> LivePeriod | None:
    """The open live period of that edition; None where something else is live, or nothing."""
    period = get_open_period(document)
    return period if period is not None and period.edition.number == number else None


def _record(made: Recall, period: LivePeriod | None, *, replacement: str) -> None:
    facts: dict[str, Any] = {
        "recall": str(made.pk),
        "severity": made.severity,
        "was_live": period is not None,
    }
    by, at, reason = made.recalled_by, made.recalled_at, made.reason
    if period is not None:
        take_away(
            period,
            by=by,
            at=at,
            reason=reason,
            replacement=replacement,
            action=EDITION_RECALLED,
            details=facts,
        )
        return
    record_event(
        action=EDITION_RECALLED,
        by=by,
        at=at,
        document=made.document,
        content_digest=made.edition.content_digest,
        edition=made.edition.number,
        details={"reason": reason, "replacement": "", **facts},
    )
    tell_followers(made.document, get_live_edition(made.document), at=at)  # caches, for one
