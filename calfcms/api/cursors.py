"""Cursors: where a list goes on. Opaque to clients, so that what is inside may change."""

import base64
import binascii
import json
from typing import Any

_REFUSAL = "This cursor is not one that a list gave out. Start again without it."


def write_cursor(*position: str | int) -> str:
    """The cursor for a position in a list."""
    packed = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(cursor: str, *types: type) -> list[Any]:
    """The position inside a cursor, its parts being of these types. Raises `ValueError`."""
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position = json.loads(packed)
    except (binascii.Error, ValueError, RecursionError):
        raise ValueError(_REFUSAL) from None
    if not isinstance(position, list) or [type(part) for part in position] != list(types):
        raise ValueError(_REFUSAL)
    return position
