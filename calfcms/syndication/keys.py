"""Keys: how a secret is made, what is kept of it, and whether a key is good."""

import hashlib
import re
import secrets
import string
from datetime import datetime
from enum import StrEnum
from typing import Final

from calfcms.syndication.models import Key

PREFIX_LENGTH: Final = 12
"""Characters of a key that are no secret: `calf_` and what tells keys apart."""
SECRET_LENGTH: Final = 43
"""Letters and digits after `calf_`: 256 bits."""
ALPHABET: Final = string.ascii_letters + string.digits
"""No hyphen: a double click selects the whole key."""
_FORM: Final = re.compile(r"calf_[A-Za-z0-9]{32,64}", re.ASCII)


class KeyState(StrEnum):
    """Whether a key is good. Its partner may be closed besides."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


def make_secret() -> str:
    """A new key, to be shown once."""
    return "calf_" + "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


def hash_key(secret: str) -> str:
    """What is kept of a key. Keys are 256 random bits, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_key_like(text: str) -> bool:
    """Whether this has the form of a key."""
    return _FORM.fullmatch(text) is not None


def get_key_state(key: Key, *, at: datetime) -> KeyState:
    """Whether the key is good at that moment."""
    if key.revoked_at is not None:
        return KeyState.REVOKED
    if key.expires_at is not None and key.expires_at <= at:
        return KeyState.EXPIRED
    return KeyState.ACTIVE
