"""Asking a reviewer who does not log in to sign exactly what a draft says now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.candidate import Candidate, read_candidate
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.invitations import (
    MAX_DAYS,
    digest_token,
    list_invitation_problems,
    list_open_invitations,
    make_token,
)
from calfcms.publishing.models import Document, Invitation, ReviewerProfile
from calfcms.publishing.problem import Problem, Refused, refuse
from calfcms.publishing.rights import require_right


@dataclass(frozen=True)
class SentInvitation:
    """The invitation and its token, which exists nowhere else from now on."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *,
    document: Document,
    reviewer: ReviewerProfile,
    by: User,
    at: datetime,
    expires_at: datetime,
) -> SentInvitation:
    """Make a one-time link by which this reviewer may sign the draft's present digest.

    Whoever makes the link could open it, so nobody who edited the draft may make one, and nobody
    invites themselves. Raises `Refused`, with every reason, also for what the reviewer would be
    refused for when signing.
    """
    require_right(by, "invite")
    document = lock_document(document)
    candidate = _read_submitted(document, at)
    problems = _list_inviter_problems(candidate, reviewer, by)
    problems += _list_time_problems(at, expires_at)
    problems += list_invitation_problems(
        reviewer,
        content=candidate.content,
        role=candidate.required_role,
        editors=set(candidate.editors),
        at=at,
    )
    problems += _list_open_already(candidate, reviewer)
    if problems:
        raise Refused(problems)
    token = make_token()
    invitation = Invitation.objects.create(
        document=document,
        content_digest=candidate.content_digest,
        reviewer=reviewer,
        token_digest=digest_token(token),
        invited_at=at,
        invited_by=by,
        expires_at=expires_at,
    )
    _record(invitation, by=by, at=at)
    return SentInvitation(invitation, token)


def _record(invitation: Invitation, *, by: User, at: datetime) -> None:
    record_event(
        action="invitation.sent",
        by=by,
        at=at,
        document=invitation.document,
        content_digest=invitation.content_digest,
        details={
            "invitation": invitation.pk,
            "reviewer": invitation.reviewer.name,
            "expires_at": format_instant(invitation.expires_at),
        },
    )


def _read_submitted(document: Document, at: datetime) -> Candidate:
    try:
        candidate = read_candidate(document, at=at)
    except LookupError:
        candidate = None
    if candidate is None or candidate.submission is None:
        raise refuse(
            "not_submitted",
            "Nobody has asked for a review of this draft.",
            "Submit it first; then ask for exactly this to be signed.",
        )
    return candidate


def _list_inviter_problems(
    candidate: Candidate, reviewer: ReviewerProfile, by: User
) -> list[Problem]:
    if reviewer.user_id == by.pk:
        return [
            Problem(
                "own_invitation",
                "You cannot invite yourself.",
                "Sign on the review page.",
                "/reviewer",
            )
        ]
    if str(by.pk) in candidate.editors:
        return [
            Problem(
                "inviter_edited",
                f"{by.get_username()} edited this draft since the last edition.",
                "Let a colleague who did not edit it send the invitation: whoever makes the link "
                "could also open it, and nobody may be able to sign their own work.",
            )
        ]
    return []


def _list_time_problems(at: datetime, expires_at: datetime) -> list[Problem]:
    if at < expires_at <= at + timedelta(days=MAX_DAYS):
        return []
    return [
        Problem(
            "invitation_time",
            f"An invitation ends in the future, within {MAX_DAYS} days.",
            "Choose another number of days.",
            "/days",
        )
    ]


def _list_open_already(candidate: Candidate, reviewer: ReviewerProfile) -> list[Problem]:
    pending = list_open_invitations(candidate.document, at=candidate.at)
    mine = [i for i in pending if i.reviewer_id == reviewer.pk]
    if not any(i.content_digest == candidate.content_digest for i in mine):
        return []
    return [
        Problem(
            "already_invited",
            f"{reviewer.name} has an open invitation to sign exactly this.",
            "Wait for it, or take it back and send another.",
            "/reviewer",
        )
    ]
