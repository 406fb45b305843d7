"""Who may do what with partners: asked by every action before it writes."""

from collections.abc import Collection, Mapping
from typing import Final

from django.contrib.auth.models import User

from calfcms.publishing.problem import refuse
from calfcms.syndication.models import Scope

SCOPE_RIGHTS: Final[Mapping[Scope, str]] = {
    Scope.READ: "syndication.add_key",
    Scope.PREVIEW: "syndication.add_key",
    Scope.TRIAGE: "syndication.add_key",
    Scope.AUDIT: "publishing.read_audit",
}
"""The right that is needed to give a key this scope.

A key opens for whoever holds it what its scopes say, so nobody gives away what they may not see:
the audit log is for auditors, and so are the keys to it.
"""


def require_right(by: User, right: str) -> None:
    """Refuse unless this person is active and holds `syndication.<right>`."""
    if not _has_right(by, f"syndication.{right}"):
        raise refuse(
            "not_allowed",
            f"{by.get_username()} may not do this: the right “{right}” is missing.",
            "Ask an administrator for it, or let somebody who has it do this.",
        )


def list_scopes_to_give(by: User) -> list[Scope]:
    """The scopes that this person may give a key."""
    return [scope for scope, right in SCOPE_RIGHTS.items() if _has_right(by, right)]


def require_scopes(by: User, scopes: Collection[Scope]) -> None:
    """Refuse unless this person may give a key all of these scopes."""
    allowed = list_scopes_to_give(by)
    if not allowed:
        raise refuse(
            "not_allowed",
            f"{by.get_username()} may not make keys: the right “add_key” is missing.",
            "Ask an administrator for it, or let somebody who has it do this.",
        )
    if missing := sorted(set(scopes) - set(allowed)):
        raise refuse(
            "scope_not_yours",
            f"{by.get_username()} may not give a key the scope {', '.join(missing)}.",
            "Let somebody make the key who has the rights that it gives away: for the scope "
            "audit an auditor, for the others a partner manager.",
            "/scopes",
        )


def may_revoke(by: User, scopes: Collection[str]) -> bool:
    """Whoever manages keys may stop any; others those that they could have made."""
    allowed = set(list_scopes_to_give(by))
    return _has_right(by, "syndication.change_key") or bool(scopes and set(scopes) <= allowed)


def _has_right(by: User, right: str) -> bool:
    return by.is_active and by.has_perm(right)
