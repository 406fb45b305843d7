"""Letting overdue content stay for a while, on the word of a named clinician."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.kinds import Content
from calfcms.publishing.models import Document, Edition, ReviewerProfile, ReviewExtension
from calfcms.publishing.policy import add_months, get_review_interval
from calfcms.publishing.problem import Problem, Refused, refuse
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.workflow import list_reviewer_problems


@transaction.atomic
def extend_review(
    *, document: Document, by: User, at: datetime, until: date, reason: str
) -> ReviewExtension:
    """Let the live edition stay until that day although its review is due.

    It stays marked as overdue: an extension is no review. Raises `Refused`, with every reason,
    where the reason is missing, the day is out of range, or the reviewer's credentials do not
    carry it.
    """
    require_right(by, "extend_review")
    edition = get_live_edition(lock_document(document))
    if edition is None:
        raise _refuse_not_live(document)
    today = at.astimezone(UTC).date()
    profile = ReviewerProfile.objects.filter(user=by).first()
    content = edition.read_content()
    problems = _list_problems(edition, content, until=until, reason=reason, today=today)
    problems += _list_reviewer_problems(profile, content, today)
    if profile is None or problems:
        raise Refused(problems)
    extension = ReviewExtension.objects.create(
        edition=edition,
        until=until,
        reason=reason.strip(),
        reviewer_name=profile.name,
        reviewer_credentials=profile.credentials,
        reviewer_registration=profile.registration,
        extended_at=at,
        extended_by=by,
    )
    _record(extension)
    return extension


def _refuse_not_live(document: Document) -> Refused:
    return refuse(
        "not_live",
        f"Nothing of {document} is published.",
        "There is nothing to extend.",
    )


def _list_problems(
    edition: Edition, content: Content, *, until: date, reason: str, today: date
) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(
            Problem(
                "reason_missing",
                "An extension needs a reason.",
                "Say why this content may stay as it is; auditors read it.",
                "/reason",
            )
        )
    first = max(edition.next_review_due_on, today)
    last = _get_latest(content, today)
    if not first < until <= last:
        problems.append(
            Problem(
                "extension_out_of_range",
                f"The review cannot be put off until {until.isoformat()}.",
                f"Choose a day after {first.isoformat()} and not after {last.isoformat()}: "
                "one review interval from today.",
                "/until",
            )
        )
    return problems


def _get_latest(content: Content, today: date) -> date:
    months = get_review_interval(content.get("risk_class"), content.get("review_interval_months"))
    return add_months(today, months or 0)


def _list_reviewer_problems(
    profile: ReviewerProfile | None, content: Content, today: date
) -> list[Problem]:
    return list_reviewer_problems(
        valid_until=profile.valid_until if profile else None,
        specialties=profile.specialties if profile else [],
        needed=content.get("specialties", []),
        on=today,
    )


def _record(extension: ReviewExtension) -> None:
    edition = extension.edition
    record_event(
        action="review.extended",
        by=extension.extended_by,
        at=extension.extended_at,
        document=edition.document,
        content_digest=edition.content_digest,
        edition=edition.number,
        details={
            "until": extension.until.isoformat(),
            "reason": extension.reason,
            "review_due": edition.next_review_due_on.isoformat(),
            "reviewer": extension.reviewer_name,
        },
    )
