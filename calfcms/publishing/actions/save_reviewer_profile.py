"""What entitles a reviewer to sign: written by administrators, never by the reviewer."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.models import Invitation, ReviewerProfile, SignOff
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right

FIELDS: Final = (
    "name",
    "credentials",
    "registration_body",
    "registration_number",
    "specialties",
    "valid_until",
    "conflicts_of_interest",
)


@transaction.atomic
def save_reviewer_profile(*, profile: ReviewerProfile, by: User, at: datetime) -> ReviewerProfile:
    """Save it as it is filled in. The event says what each changed field was and is.

    Sign-offs are not touched: they hold copies from their day. Raises `Refused` for one's own.
    """
    before = ReviewerProfile.objects.select_for_update().filter(pk=profile.pk).first()
    require_right(by, "change_reviewerprofile" if before else "add_reviewerprofile")
    _refuse_own(profile, before, by)
    changes = _list_changes(before, profile)
    profile.save()
    if changes:
        record_event(
            action="reviewer.profile_changed" if before else "reviewer.profile_created",
            by=by,
            at=at,
            subject=_name(profile),
            details={"changes": changes},
        )
    return profile


@transaction.atomic
def delete_reviewer_profile(*, profile: ReviewerProfile, by: User, at: datetime) -> None:
    """Delete one that nothing was signed with. Raises `Refused`."""
    profile = ReviewerProfile.objects.select_for_update().get(pk=profile.pk)
    require_right(by, "delete_reviewerprofile")
    _refuse_own(profile, profile, by)
    if is_used(profile):
        raise refuse(
            "profile_used",
            f"{profile.name} has signed, or was asked to.",
            "Set “valid until” to a day that has passed: nothing more can be signed with it.",
        )
    record_event(action="reviewer.profile_deleted", by=by, at=at, subject=_name(profile))
    profile.delete()


def is_used(profile: ReviewerProfile) -> bool:
    """Whether its owner signed anything, or was invited to."""
    return (
        SignOff.objects.filter(signed_by=profile.user_id).exists()
        or Invitation.objects.filter(reviewer=profile).exists()
    )


def _refuse_own(profile: ReviewerProfile, before: ReviewerProfile | None, by: User) -> None:
    owners = {profile.user_id, before.user_id if before else profile.user_id}
    if by.pk in owners and not by.is_superuser:
        raise refuse(
            "own_profile",
            "Nobody says of themselves what entitles them to sign.",
            "Ask another administrator.",
        )
    if len(owners) > 1:
        raise refuse(
            "profile_moved",
            "A profile belongs to the person it was made for.",
            "Make another one for the other person.",
            "/user",
        )


def _list_changes(before: ReviewerProfile | None, after: ReviewerProfile) -> dict[str, Any]:
    changes = {}
    for name in FIELDS:
        was, is_now = _say(before, name) if before else None, _say(after, name)
        if was != is_now:
            changes[name] = {"before": was, "after": is_now}
    return changes


def _say(profile: ReviewerProfile, name: str) -> Any:
    value = getattr(profile, name)
    return value.isoformat() if name == "valid_until" else value


def _name(profile: ReviewerProfile) -> str:
    return f"reviewer {profile.user.get_username()}"
