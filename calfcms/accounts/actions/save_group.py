"""Making a group, and changing what it may do."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from calfcms.accounts.audit import record
from calfcms.accounts.limits import deny_unless, list_held, may_change_group, may_delete_group


@transaction.atomic
def save_group(*, group: Group, permissions: Iterable[Permission], by: User, at: datetime) -> Group:
    """Save its name and give it exactly these permissions.

    Raises `PermissionDenied` where a permission is given or taken that `by` does not hold, or
    where the group is not theirs to change (`calfcms.accounts.limits`).
    """
    before = Group.objects.select_for_update().filter(pk=group.pk).first()
    right = "auth.change_group" if before else "auth.add_group"
    deny_unless(by.is_active and by.has_perm(right), f"The right {right} is missing.")
    deny_unless(
        before is None or may_change_group(by, before), "This group is not yours to change."
    )
    had, has = set(before.permissions.all()) if before else set(), set(permissions)
    touched = had ^ has
    deny_unless(len(list_held(by, touched)) == len(touched), "You lack a right that you changed.")
    group.save()
    group.permissions.set(has)
    record(
        action="group.changed" if before else "group.created",
        by=by,
        at=at,
        subject=f"group {group.name}",
        rights_added=sorted(one.codename for one in has - had),
        rights_removed=sorted(one.codename for one in had - has),
        **({"name_before": before.name} if before and before.name != group.name else {}),
    )
    return group


@transaction.atomic
def delete_group(*, group: Group, by: User, at: datetime) -> None:
    """Delete a group that nobody is in."""
    deny_unless(by.has_perm("auth.delete_group"), "The right auth.delete_group is missing.")
    deny_unless(may_delete_group(by, group), "It comes with calfcms, or somebody is in it.")
    record(action="group.deleted", by=by, at=at, subject=f"group {group.name}")
    group.delete()
