"""A reviewer's decision about exactly what a draft says."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.kinds import Content, get_kind
from calfcms.publishing.models import Document, ReviewerProfile, SignOff, Submission
from calfcms.publishing.naming import name_person
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.problem import Problem, Refused
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import list_editors_since_live
from calfcms.publishing.sources import DRAFT, Source, read_source
from calfcms.publishing.workflow import list_reviewer_problems


@transaction.atomic
def sign_off(
    *,
    document: Document,
    content_digest: str,
    role: Role,
    decision: Decision,
    by: User,
    at: datetime,
    conflicts_of_interest: str,
    comment: str = "",
    checked_references: Sequence[str] = (),
) -> SignOff:
    """Approve the draft with this digest, or request changes to it.

    The digest is the one that the reviewer read; `checked_references` are the keys of those whose
    evidence they say to have checked. Raises `Refused`, with every reason, when the draft has
    changed since, was not submitted, or was edited by the signer; when a declaration of interests
    or a comment is missing; when a checked reference is not among those that the draft rests on; or
    when a clinical reviewer's credentials do not carry it.
    """
    require_right(by, "sign_off")
    document = lock_document(document)
    draft = read_source(document, DRAFT)
    problems = _list_digest_problems(document, draft, content_digest)
    problems += _list_statement_problems(decision, conflicts_of_interest, comment)
    if draft.content_digest == content_digest:
        problems += _list_evidence_problems(document, draft.content, checked_references)
    profile = ReviewerProfile.objects.filter(user=by).first()
    problems += list_signer_problems(document, draft.content, role, by=by, profile=profile, at=at)
    if problems:
        raise Refused(problems)
    sign_off = SignOff.objects.create(
        document=document,
        content_digest=content_digest,
        role=role,
        decision=decision,
        comment=comment,
        conflicts_of_interest=conflicts_of_interest.strip(),
        checked_references=sorted(set(checked_references)),
        signed_at=at,
        signed_by=by,
        **_copy_reviewer(role, by, profile),
    )
    record_event(
        action=f"review.{decision}",
        by=by,
        at=at,
        document=document,
        content_digest=content_digest,
        details={
            "role": role,
            "reviewer": sign_off.reviewer_name,
            "comment": comment,
            "checked_references": sign_off.checked_references,
        },
    )
    return sign_off


def list_reference_keys(document: Document, content: Content) -> list[str]:
    """The keys of the references that the content rests on."""
    key = get_kind(document.kind).part_lists.get("references", "key")
    return [reference[key] for reference in content.get("references", [])]


def _list_digest_problems(document: Document, draft: Source, digest: str) -> list[Problem]:
    if draft.content_digest != digest:
        return [
            Problem(
                "draft_changed",
                "The draft is no longer what you read.",
                "Open it again, read what changed, and sign that.",
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


def _list_statement_problems(decision: Decision, conflicts: str, comment: str) -> list[Problem]:
    problems = []
    if not conflicts.strip():
        problems.append(
            Problem(
                "conflicts_not_declared",
                "There is no statement of conflicts of interest.",
                "Declare them, or write “none declared”.",
                "/conflicts_of_interest",
            )
        )
    if decision == Decision.CHANGES_REQUESTED and not comment.strip():
        problems.append(
            Problem(
                "comment_missing",
                "Changes are requested, but not which.",
                "Say in the comment what should change.",
                "/comment",
            )
        )
    return problems


def _list_evidence_problems(
    document: Document, content: Content, checked: Sequence[str]
) -> list[Problem]:
    known = list_reference_keys(document, content)
    unknown = sorted(set(checked) - set(known))
    if not unknown:
        return []
    return [
        Problem(
            "reference_unknown",
            f"The draft does not rest on {', '.join(unknown)}.",
            "Open it again, and check the references that it lists.",
            "/references",
        )
    ]


def list_signer_problems(
    document: Document,
    content: Content,
    role: Role,
    *,
    by: User,
    profile: ReviewerProfile | None,
    at: datetime,
) -> list[Problem]:
    """Why this person cannot sign this in that role: their own work, or their credentials."""
    problems = []
    if str(by.pk) in list_editors_since_live(document):
        problems.append(
            Problem(
                "own_work",
                f"{by.get_username()} edited this draft since the last edition.",
                "Somebody else must sign it: four eyes, whoever you are.",
            )
        )
    if role == Role.CLINICAL:
        problems += list_reviewer_problems(
            valid_until=profile.valid_until if profile else None,
            specialties=profile.specialties if profile else [],
            needed=content.get("specialties", []),
            on=at.astimezone(UTC).date(),
        )
    return problems


def _copy_reviewer(role: Role, by: User, profile: ReviewerProfile | None) -> dict[str, Any]:
    if role == Role.EDITORIAL or profile is None:
        return {"reviewer_name": name_person(by)}
    return {
        "reviewer_name": profile.name,
        "reviewer_credentials": profile.credentials,
        "reviewer_registration": profile.registration,
        "reviewer_specialties": profile.specialties,
        "reviewer_valid_until": profile.valid_until,
    }
