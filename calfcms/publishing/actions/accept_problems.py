"""A second clinician answers for what a change makes worse, knowing every single case of it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.acceptances import digest_list, list_acceptable
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.sign_off import list_signer_problems
from calfcms.publishing.kinds import get_kind, list_content_problems
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Acceptance, Document, ReviewerProfile, SignOff, Submission
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.problem import Problem, Refused
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.sources import DRAFT, Source, read_source


@transaction.atomic
def accept_problems(
    *, document: Document, list_digest: str, reason: str, by: User, at: datetime
) -> Acceptance:
    """Sign the list with this digest: that its problems may be published all the same, and why.

    Raises `Refused`, with every reason, when the list is no longer what was read, when the signer
    edited or signed the content, when their credentials do not carry it, or without a reason.
    """
    require_right(by, "sign_off")
    document = lock_document(document)
    draft = read_source(document, DRAFT)
    listed = list_acceptable_problems(document, draft)
    profile = ReviewerProfile.objects.filter(user=by).first()
    problems = [
        *_list_list_problems(document, draft, listed, list_digest),
        *list_accepter_problems(document, draft, by=by, profile=profile, at=at),
        *_list_reason_problems(reason),
    ]
    if problems or profile is None:
        raise Refused(problems)
    acceptance = Acceptance.objects.create(
        document=document,
        content_digest=draft.content_digest,
        list_digest=list_digest,
        problems=[problem.message for problem in listed],
        reason=reason.strip(),
        reviewer_name=profile.name,
        reviewer_credentials=profile.credentials,
        reviewer_registration=profile.registration,
        reviewer_specialties=profile.specialties,
        reviewer_valid_until=profile.valid_until,
        accepted_at=at,
        accepted_by=by,
    )
    _record(acceptance, by=by, at=at)
    return acceptance


def list_acceptable_problems(document: Document, draft: Source) -> list[Problem]:
    """What somebody may answer for in what the draft says, published alone."""
    library = LibraryOfEditions(pending=[draft.content])
    kind = get_kind(document.kind)
    return list_acceptable(list_content_problems(kind, draft.content, library))


def list_accepter_problems(
    document: Document, draft: Source, *, by: User, profile: ReviewerProfile | None, at: datetime
) -> list[Problem]:
    """Why this person cannot answer for this draft: their own work or signature, or credentials."""
    problems = list_signer_problems(
        document, draft.content, Role.CLINICAL, by=by, profile=profile, at=at
    )
    signed = SignOff.objects.filter(
        document=document,
        content_digest=draft.content_digest,
        signed_by=by,
        decision=Decision.APPROVED,
    )
    if signed.exists():
        problems.append(
            Problem(
                "own_signature",
                f"{by.get_username()} signed this draft already.",
                "A second clinician must answer for what it makes worse.",
            )
        )
    return problems


def _list_list_problems(
    document: Document, draft: Source, listed: list[Problem], list_digest: str
) -> list[Problem]:
    digest = draft.content_digest
    if digest_list(digest, get_live_edition(document), listed) != list_digest or not listed:
        return [
            Problem(
                "list_changed",
                "This is no longer the list that you read: the draft or the live edition changed.",
                "Open the review again, and read what it says now.",
            )
        ]
    if not Submission.objects.filter(document=document, content_digest=digest).exists():
        return [
            Problem(
                "not_submitted",
                "Nobody has asked for a review of this draft.",
                "Ask its editor to submit it.",
            )
        ]
    return []


def _list_reason_problems(reason: str) -> list[Problem]:
    if reason.strip():
        return []
    return [
        Problem(
            "reason_missing",
            "It is not said why these answers may be worse than before.",
            "Say why for all of them; it is kept in the audit log.",
            "/reason",
        )
    ]


def _record(acceptance: Acceptance, *, by: User, at: datetime) -> None:
    record_event(
        action="review.accepted",
        by=by,
        at=at,
        document=acceptance.document,
        content_digest=acceptance.content_digest,
        details={
            "role": Role.CLINICAL,
            "reviewer": acceptance.reviewer_name,
            "list_digest": acceptance.list_digest,
            "accepted": acceptance.problems,
            "reason": acceptance.reason,
        },
    )
