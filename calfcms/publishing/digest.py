"""Digests of content: SHA-256 over canonical JSON, so that equal content has one digest.

Canonical JSON is RFC 8785 (JCS): sorted keys, no white space, one way to write each value.
"""

import hashlib
from typing import Any

import rfc8785

SCHEME = "sha256:"


def canonical_json(value: Any) -> bytes:
    """The RFC 8785 bytes of a JSON value.

    Raises `ValueError` for what JSON cannot hold: NaN, integers beyond 2**53, lone surrogates.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise ValueError(f"This content cannot be written as canonical JSON: {error}") from error


def digest_of_bytes(body: bytes) -> str:
    """`sha256:` and the hexadecimal hash of these very bytes."""
    return SCHEME + hashlib.sha256(body).hexdigest()


def digest_of(value: Any) -> str:
    """The digest of a JSON value: of its canonical form, whatever the order of its keys."""
    return digest_of_bytes(canonical_json(value))
