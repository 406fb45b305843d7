"""How often one address may call what writes, counted in the cache that all processes share."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from calfcms.api.client_address import get_client_address
from calfcms.api.problems import ApiProblem


@dataclass(frozen=True)
class Limit:
    """At most `calls` within `seconds`, counted from the first of them."""

    name: str
    calls: int
    seconds: int

    def count(self, request: HttpRequest) -> None:
        """Count this call. Raises `ApiProblem` 429 when there were too many."""
        key = f"limit:{self.name}:{_hash_address(request)}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            counted = cache.incr(key)
        except ValueError:  # it ran out in between
            return
        if counted > self.calls:
            raise ApiProblem(
                429,
                "throttled",
                f"More than {self.calls} calls within {self.seconds} seconds. "
                f"Wait {self.seconds} seconds and call again.",
                headers={
                    "Retry-After": str(self.seconds),
                    "RateLimit-Policy": f'"{self.name}";q={self.calls};w={self.seconds}',
                    "RateLimit": f'"{self.name}";r=0;t={self.seconds}',
                },
            )


def _hash_address(request: HttpRequest) -> str:
    # An address identifies a person: only its hash is kept, and not for long.
    return hashlib.sha256(get_client_address(request).encode()).hexdigest()[:24]
