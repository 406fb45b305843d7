"""Who calls: anybody, or a partner with a key in `Authorization: Bearer …`.

What a key is, `calfcms.syndication` knows; it says so here when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from calfcms.api.problems import ApiProblem


@dataclass(frozen=True, slots=True)
class Caller:
    """A partner, by one of its keys."""

    partner: str
    """Its slug."""
    key_id: int
    scopes: frozenset[str]
    calls_per_minute: int | None
    """Its quota; None for the deployment's usual one."""


Authenticator = Callable[[HttpRequest], Caller]
"""Who sent this `Authorization` header. Raises `ApiProblem` 401 or 403 where nobody may."""

_authenticators: list[Authenticator] = []


def set_authenticator(authenticator: Authenticator) -> None:
    """Have keys checked by this function. Called once, from the app's `ready()`."""
    _authenticators[:] = [authenticator]


def identify(request: HttpRequest) -> Caller | None:
    """The partner that calls; None for anybody. Raises `ApiProblem` for a key that is no good."""
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    return _authenticators[0](request)


def require_scope(caller: Caller | None, scope: str) -> None:
    """Refuse a key without this scope. Whether a key is needed at all, `require_key` asks."""
    if caller is not None and scope not in caller.scopes:
        raise ApiProblem(
            403,
            "scope_missing",
            f"This key does not have the scope `{scope}`. Ask for a key that has it"
            + (", or call without a key for what everybody may read." if scope == "read" else "."),
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


def require_key(caller: Caller | None, scope: str) -> Caller:
    """Refuse a call without a key, and a key without this scope; any key will do for no scope."""
    if caller is None:
        which = f"a key with the scope `{scope}`" if scope else "a key"
        raise ApiProblem(
            401,
            "not_authenticated",
            f"This call takes {which}: send `Authorization: Bearer <key>`.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if scope:
        require_scope(caller, scope)
    return caller
