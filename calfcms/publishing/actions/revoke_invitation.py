"""Taking back an invitation that was not used yet."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import Invitation
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Make its link worthless from now on.

    Raises `Refused` when the right is missing, or when it was used or taken back already.
    """
    require_right(by, "invite")
    document = lock_document(invitation.document)
    invitation = Invitation.objects.select_related("reviewer").get(pk=invitation.pk)
    if invitation.used_at or invitation.revoked_at:
        raise refuse(
            "invitation_closed",
            "This invitation was used already."
            if invitation.used_at
            else "This invitation was taken back already.",
            "There is nothing to take back.",
        )
    invitation.revoked_at, invitation.revoked_by = at, by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    record_event(
        action="invitation.revoked",
        by=by,
        at=at,
        document=document,
        content_digest=invitation.content_digest,
        details={"invitation": invitation.pk, "reviewer": invitation.reviewer.name},
    )
    return invitation
