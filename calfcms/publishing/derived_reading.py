"""Answers made from stored JSON: some of its members, or a part with what must stand beside it.

What is derived is made once in a process, and kept by the digest of what it is derived from.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, Final

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.reading import StoredRendition

_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_BODIES: Final = 10_000

Edition = dict[str, Any]

derived_bodies = BodyCache(max_bytes=_MAX_BYTES, max_addresses=_MAX_BODIES)
"""Derived bytes by the digest of their source and what was made of it."""


def derive(
    found: StoredRendition, *, name: Hashable, build: Callable[[Edition], Edition]
) -> StoredRendition:
    """The rendition with what `build` makes of its JSON in place of its bytes.

    `name` says what that is: the same name means the same function. What `build` raises goes to
    the caller, and nothing is kept.
    """
    key = (found.digest, name)
    body = derived_bodies.find(key)
    if body is None:
        content = _write(build(json.loads(found.content or b"")))
        body = Body(digest_of_bytes(content), content)
        derived_bodies.keep(key, body)
    return replace(found, digest=body.digest, content=body.content)


def _write(value: Edition) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
