"""What administrators may not do with their right to manage people: raise themselves or others.

They put people into groups and take them out, which is their work. They cannot change what they
themselves may do, touch superusers, give single rights, or give a group a right that they lack.
Superusers may do all of it; their accounts are made on the command line.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied

from calfcms.accounts.groups import GROUPS


def may_change_person(by: User, person: User) -> bool:
    """Names, e-mail address, password; rights are asked for apart."""
    return by.is_superuser or not person.is_superuser


def may_change_rights_of(by: User, person: User) -> bool:
    """Whether the account is open, and its groups."""
    return by.is_superuser or (person != by and not person.is_superuser)


def may_delete_person(by: User, person: User) -> bool:
    """Only accounts that nobody ever logged in to; others are closed, and stay."""
    return person.last_login is None and may_change_rights_of(by, person)


def may_change_group(by: User, group: Group) -> bool:
    """Not the groups that come with calfcms, nor those that oneself is in."""
    if by.is_superuser:
        return True
    return group.name not in GROUPS and not by.groups.filter(pk=group.pk).exists()


def may_delete_group(by: User, group: Group) -> bool:
    """Only groups of one's own making with nobody in them."""
    is_ours = group.name in GROUPS
    return not is_ours and may_change_group(by, group) and not group.user_set.exists()


def list_held(by: User, permissions: Iterable[Permission]) -> list[Permission]:
    """Those of these permissions that this person holds."""
    held = by.get_all_permissions()
    return [one for one in permissions if by.is_superuser or _name(one) in held]


def deny_unless(allowed: bool, message: str) -> None:
    """Refuse with 403. Pages do not offer what is refused here: this is for made-up requests."""
    if not allowed:
        raise PermissionDenied(message)


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
