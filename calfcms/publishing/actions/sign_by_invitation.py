"""A sign-off through a one-time link: logged like any other, and with who asked for it."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.candidate import read_candidate
from calfcms.publishing.invitations import InvitationState, find_invitation, get_invitation_state
from calfcms.publishing.models import Invitation, SignOff
from calfcms.publishing.policy import Decision
from calfcms.publishing.problem import refuse
from calfcms.publishing.selectors import list_editors_since_live

INVITATION_USED = "invitation.used"


@transaction.atomic
def sign_by_invitation(
    *,
    token: str,
    content_digest: str,
    decision: Decision,
    at: datetime,
    conflicts_of_interest: str,
    declares_identity: bool,
    comment: str = "",
    checked_references: Sequence[str] = (),
) -> SignOff:
    """Sign as the invited reviewer, in the role that the change needs; the token is used up.

    `declares_identity`: the reviewer says to be the person invited. All that `sign_off` asks for
    holds here too: the right, the digest, credentials, four eyes. Raises `Refused`; then the token
    is as good as before.
    """
    invitation = _lock_open_invitation(token, at)
    reviewer = invitation.reviewer.user
    _refuse_unsuitable(invitation, content_digest, declares_identity=declares_identity)
    signed = sign_off(
        document=invitation.document,
        content_digest=content_digest,
        role=read_candidate(invitation.document, at=at).required_role,
        decision=decision,
        by=reviewer,
        at=at,
        conflicts_of_interest=conflicts_of_interest,
        comment=comment,
        checked_references=checked_references,
    )
    invitation.used_at, invitation.sign_off = at, signed
    invitation.save(update_fields=["used_at", "sign_off"])
    _record(invitation, signed, by=reviewer, at=at)
    return signed


def _lock_open_invitation(token: str, at: datetime) -> Invitation:
    found = find_invitation(token)
    if found is None:
        raise refuse(
            "invitation_unknown",
            "This link is none that was given out here.",
            "Copy the whole link from the message that it came in, or ask for a new one.",
        )
    lock_document(found.document)  # of two that come at once, the second sees what the first did
    invitation = find_invitation(token)
    assert invitation is not None  # noqa: S101 - invitations are never deleted
    state = get_invitation_state(invitation, at=at)
    if state != InvitationState.OPEN:
        raise refuse(
            f"invitation_{state}",
            _SAY_CLOSED[state],
            "Ask whoever sent it for a new one, if one is needed.",
        )
    return invitation


_SAY_CLOSED = {
    InvitationState.USED: "This invitation was used already; it works once.",
    InvitationState.REVOKED: "This invitation was taken back.",
    InvitationState.EXPIRED: "This invitation has expired.",
}


def _refuse_unsuitable(
    invitation: Invitation, content_digest: str, *, declares_identity: bool
) -> None:
    if content_digest != invitation.content_digest:
        raise refuse(
            "draft_changed",
            "You were asked to sign something else than this.",
            "Ask whoever sent the link for a new one.",
        )
    if str(invitation.invited_by_id) in list_editors_since_live(invitation.document):
        raise refuse(
            "inviter_edited",
            "Whoever sent this link has edited the draft.",
            "Ask for a link from somebody who did not edit it.",
        )
    if not declares_identity:
        raise refuse(
            "identity_not_declared",
            f"The link is for {invitation.reviewer.name} alone.",
            "Confirm that you are that person.",
            "/declares_identity",
        )


def _record(invitation: Invitation, signed: SignOff, *, by: User, at: datetime) -> None:
    record_event(
        action=INVITATION_USED,
        by=by,
        at=at,
        document=invitation.document,
        content_digest=signed.content_digest,
        details={
            "invitation": invitation.pk,
            "invited_by": str(invitation.invited_by_id),
            "inviter": invitation.invited_by.get_full_name()
            or invitation.invited_by.get_username(),
            "decision": signed.decision,
        },
    )
