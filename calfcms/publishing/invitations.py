"""Invitations of outside reviewers: their tokens, what each of them is still good for, and whom to
ask."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum

from django.contrib.auth.models import User

from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.kinds import Content
from calfcms.publishing.models import Document, Invitation, ReviewerProfile
from calfcms.publishing.policy import Role
from calfcms.publishing.problem import Problem
from calfcms.publishing.workflow import list_reviewer_problems

TOKEN_BYTES = 32
DEFAULT_DAYS = 14
MAX_DAYS = 30


class InvitationState(StrEnum):
    """What an invitation is good for. Only an open one can be signed with."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def make_token() -> str:
    """The secret part of a link: 256 bits, from the system's source of randomness."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_token(token: str) -> str:
    """What is kept of a token. A plain hash will do: there is nothing to guess in 256 bits."""
    return digest_of_bytes(token.encode())


def find_invitation(token: str) -> Invitation | None:
    """The invitation that this token was made for."""
    invitations = Invitation.objects.select_related(
        "document", "reviewer__user", "invited_by", "sign_off"
    )
    return invitations.filter(token_digest=digest_token(token)).first()


def get_invitation_state(invitation: Invitation, *, at: datetime) -> InvitationState:
    """What it is good for at that moment."""
    if invitation.used_at:
        return InvitationState.USED
    if invitation.revoked_at:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if at >= invitation.expires_at else InvitationState.OPEN


def list_open_invitations(document: Document, *, at: datetime) -> list[Invitation]:
    """Those that can still be used, the newest first."""
    pending = Invitation.objects.filter(
        document=document, used_at=None, revoked_at=None, expires_at__gt=at
    )
    return list(pending.select_related("reviewer", "invited_by").order_by("-invited_at"))


def list_invitable_reviewers(*, by: User) -> list[ReviewerProfile]:
    """Everybody with a reviewer profile and an account that was not closed, but for oneself."""
    profiles = ReviewerProfile.objects.filter(user__is_active=True).exclude(user=by)
    return list(profiles.select_related("user").order_by("name"))


def list_invitation_problems(
    reviewer: ReviewerProfile, *, content: Content, role: Role, editors: set[str], at: datetime
) -> list[Problem]:
    """Why this reviewer could not sign this content: said before the link is sent, not after."""
    problems = []
    if not (reviewer.user.is_active and reviewer.user.has_perm("publishing.sign_off")):
        problems.append(
            Problem(
                "reviewer_may_not_sign",
                f"{reviewer.name} may not sign: the right “sign_off” is missing.",
                "Ask an administrator to put that account into the group of clinical reviewers.",
                "/reviewer",
            )
        )
    if str(reviewer.user_id) in editors:
        problems.append(
            Problem(
                "own_work",
                f"{reviewer.name} edited this draft since the last edition.",
                "Ask somebody who did not: four eyes, whoever they are.",
                "/reviewer",
            )
        )
    if role == Role.CLINICAL:
        problems += list_reviewer_problems(
            valid_until=reviewer.valid_until,
            specialties=reviewer.specialties,
            needed=content.get("specialties", []),
            on=at.astimezone(UTC).date(),
        )
    return problems
