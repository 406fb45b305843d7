"""How often somebody may call: counted in the memory of each server process, since reads write
nothing.

The rule is the generic cell rate algorithm: an allowance of a minute's calls, refilled steadily. It
needs one number for each caller, and somebody who spent all of it waits for a moment, not for the
rest of a minute. With several processes, each counts for itself.
"""

import logging
import threading
from collections.abc import Hashable, Mapping
from math import ceil
from time import monotonic
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from calfcms.api.callers import Caller
from calfcms.api.client_address import get_client_address, is_behind_unknown_proxy
from calfcms.api.problems import ApiProblem

MINUTE: Final = 60.0
"""Seconds in which an allowance that was spent is whole again."""
MOST_CALLERS: Final = 50_000
"""Callers that are remembered within one period, which is at most a minute."""

logger = logging.getLogger(__name__)


class Allowance(NamedTuple):
    """What is left of a minute's calls, after this one."""

    left: int
    """Calls that may be made at once."""
    whole_in: int
    """Seconds until all of them may be made again."""
    wait: int
    """Seconds to wait before the next call; 0 where this one was within the quota."""


class CallCounter:
    """The allowances of many callers. Each count takes the same time, however many there are.

    Who has not called for a minute has a whole allowance again, and is forgotten. So is, early,
    whoever has not called since `most` others did: memory stays bounded whatever comes in.
    """

    def __init__(self, *, most: int = MOST_CALLERS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew: everybody has a whole allowance."""
        self._recent: dict[Hashable, float] = {}
        self._before: dict[Hashable, float] = {}
        self._turn_at = 0.0

    def count(self, caller: Hashable, calls: int, *, at: float) -> Allowance:
        """Count one call of somebody who may make so many a minute. `at` is in seconds."""
        cost = MINUTE / calls
        with self._lock:
            if at >= self._turn_at or len(self._recent) >= self._most:
                self._turn(at)
            whole_at = max(self._recent.get(caller) or self._before.get(caller, at), at)
            used = whole_at + cost - at
            is_within = used <= MINUTE + cost * 1e-6  # sums of fractions are not exact
            if is_within:
                whole_at += cost
            self._recent[caller] = whole_at
        if is_within:
            return Allowance(int((MINUTE - used) / cost + 1e-6), ceil(used), 0)
        return Allowance(0, ceil(whole_at - at), max(1, ceil(used - MINUTE)))

    def _turn(self, at: float) -> None:
        self._before, self._recent = self._recent, {}
        self._turn_at = at + MINUTE

    def __len__(self) -> int:
        return len(self._recent) + len(self._before)


addresses = CallCounter()
keys = CallCounter()

NO_HEADERS: Final[Mapping[str, str]] = {}


def get_quota(caller: Caller) -> int:
    """Calls a minute that its key may make; 0 for as many as it likes."""
    usual: int = settings.KEY_CALLS_PER_MINUTE
    return caller.calls_per_minute or usual


def count_call(request: HttpRequest, caller: Caller | None) -> Mapping[str, str]:
    """Count this call; return the headers that tell a partner what is left of its quota.

    Raises `ApiProblem` 429. Answers to anybody have no such headers: caches share them.
    """
    if caller is None:
        _count_address(request)
        return NO_HEADERS
    calls = get_quota(caller)
    if not calls:
        return NO_HEADERS
    allowance = keys.count(caller.key_id, calls, at=monotonic())
    headers = _write_headers("key", calls, allowance)
    if allowance.wait:
        raise _refuse(f"This key may make {calls} calls a minute.", allowance, headers)
    return headers


def _count_address(request: HttpRequest) -> None:
    calls = settings.ANONYMOUS_CALLS_PER_MINUTE
    if not calls:
        return
    if is_behind_unknown_proxy(request):
        if "HTTP_X_FORWARDED_FOR" in request.META:
            _warn_of_proxy()
        return
    # Of the address no more is kept than a number, salted anew in each process.
    allowance = addresses.count(hash(get_client_address(request)), calls, at=monotonic())
    if allowance.wait:
        raise _refuse(
            f"One address may make {calls} calls a minute without a key.",
            allowance,
            _write_headers("address", calls, allowance),
        )


def _write_headers(policy: str, calls: int, allowance: Allowance) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them."""
    return {
        "RateLimit-Policy": f'"{policy}";q={calls};w=60',
        "RateLimit": f'"{policy}";r={allowance.left};t={allowance.whole_in}',
    }


def _refuse(rule: str, allowance: Allowance, headers: Mapping[str, str]) -> ApiProblem:
    seconds = f"{allowance.wait} second" + ("s" if allowance.wait > 1 else "")
    return ApiProblem(
        429,
        "throttled",
        f"{rule} Wait {seconds} and call again.",
        headers={"Retry-After": str(allowance.wait), **headers},
    )


_warned: list[bool] = []


def _warn_of_proxy() -> None:
    """Once in a process."""
    if not _warned:
        _warned.append(True)
        logger.warning(
            "A proxy sends X-Forwarded-For, and TRUSTED_PROXY_COUNT is 0: calls without a key are "
            "not counted, since all have the proxy's address. See docs/settings.md."
        )
