"""Making an account, and changing it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import Group, User
from django.db import transaction

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.limits import deny_unless, may_change_person, may_change_rights_of

FIELDS: Final[tuple[str, ...]] = ("username", "first_name", "last_name", "email")
RIGHTS: Final[tuple[str, ...]] = ("is_active", "is_staff", "is_superuser")


@transaction.atomic
def save_person(
    *,
    person: User,
    by: User,
    at: datetime,
    groups: Iterable[Group] | None = None,
) -> User:
    """Save this account as it is filled in, with these groups; None leaves them as they are.

    Whoever is in a group may log in to the admin, unless a superuser says otherwise. Raises
    `PermissionDenied` for what `by` may not give or take (`calfcms.accounts.limits`).
    """
    before = User.objects.select_for_update().filter(pk=person.pk).first()
    _deny_without_right(by, before)
    groups = None if groups is None else list(groups)
    if not by.is_superuser:
        person.is_staff = _is_staff(before, groups)
    changes = _list_changes(before or User(is_active=True), person)
    if not by.is_superuser:
        _deny_escalation(by, before, person, changes)
    person.save()
    changes |= _set_groups(by, person, groups)
    if before is None or changes:
        action = "account.changed" if before else "account.created"
        record(action=action, by=by, at=at, subject=name_account(person), **changes)
    return person


def _deny_without_right(by: User, before: User | None) -> None:
    right = "auth.change_user" if before else "auth.add_user"
    deny_unless(by.is_active and by.has_perm(right), f"The right {right} is missing.")
    deny_unless(
        before is None or may_change_person(by, before), "Superusers are changed by superusers."
    )


def _is_staff(before: User | None, groups: list[Group] | None) -> bool:
    if groups is not None:
        return bool(groups)
    return before is not None and before.is_staff


def _deny_escalation(by: User, before: User | None, person: User, changes: dict[str, Any]) -> None:
    deny_unless(not person.is_superuser, "Superusers are made on the command line.")
    touched = {*RIGHTS} & {*changes.get("changed", [])}
    deny_unless(
        not touched or before is None or may_change_rights_of(by, before),
        "Nobody changes their own rights.",
    )


def _list_changes(before: User, after: User) -> dict[str, Any]:
    """Which columns; their values are personal, and rights are told as what they are now."""
    names: list[str] = [
        name for name in FIELDS + RIGHTS if getattr(before, name) != getattr(after, name)
    ]
    rights: dict[str, Any] = {name: getattr(after, name) for name in RIGHTS if name in names}
    return {"changed": names, **rights} if names else {}


def _set_groups(by: User, person: User, groups: list[Group] | None) -> dict[str, Any]:
    if groups is None:
        return {}
    before, after = set(person.groups.all()), set(groups)
    if before == after:
        return {}
    deny_unless(may_change_rights_of(by, person), "Nobody changes their own rights.")
    person.groups.set(after)
    return {
        "groups_added": sorted(group.name for group in after - before),
        "groups_removed": sorted(group.name for group in before - after),
    }
