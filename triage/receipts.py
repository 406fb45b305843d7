"""Receipts: what an answer was worked out from, signed, so that it can be worked out again.

A receipt holds the edition, what was known, and what of the moment the answer depends on; no name,
no address, no time. The same answer always gets the same receipt. Its parts are separated by dots:
`r1`, the id of the key, the content (JSON with its members in order) and the signature (Ed25519,
RFC 8032), the last two in base64url.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM: Final = "r1"
MAX_LENGTH: Final = 60_000
"""Characters. A receipt names each finding that was answered, and there may be hundreds."""

_PURPOSE: Final = b"calfcms receipt key 1:"


class ReceiptRefused(ValueError):
    """A receipt that cannot be trusted. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class ReceiptKey:
    """One key, with the id that receipts name it by."""

    id: str
    private: Ed25519PrivateKey

    @classmethod
    def derive(cls, secret: str) -> "ReceiptKey":
        """The key that belongs to a secret: always the same one."""
        private = Ed25519PrivateKey.from_private_bytes(sha256(_PURPOSE + secret.encode()).digest())
        public = private.public_key().public_bytes_raw()
        return cls(sha256(public).hexdigest()[:16], private)

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that everybody may have, to check receipts with."""
        return self.private.public_key()


def write_receipt(content: Mapping[str, Any], keys: Sequence[ReceiptKey]) -> str:
    """The receipt of this content, signed with the first of the keys."""
    key = keys[0]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    signed = f"{FORM}.{key.id}.{_encode(text.encode())}"
    return f"{signed}.{_encode(key.private.sign(signed.encode()))}"


def read_receipt(receipt: str, keys: Sequence[ReceiptKey]) -> dict[str, Any]:
    """The content of a receipt that one of the keys has signed. Raises `ReceiptRefused`."""
    form, key_id, content, signature = _split(receipt)
    key = next((key for key in keys if key.id == key_id), None)
    if key is None:
        raise ReceiptRefused(
            "receipt_key_unknown",
            f"The receipt was signed with the key '{key_id[:16]}', which is not one of this "
            "service. Send it to the service that gave it.",
        )
    try:
        key.public.verify(_decode(signature), f"{form}.{key_id}.{content}".encode())
        value: dict[str, Any] = json.loads(_decode(content))
    except (InvalidSignature, ValueError):
        raise ReceiptRefused(
            "receipt_invalid",
            "The receipt is not as it was given: its signature does not fit. Send it unchanged.",
        ) from None
    return value


def _split(receipt: str) -> list[str]:
    parts = receipt.split(".") if len(receipt) <= MAX_LENGTH else []
    if len(parts) != 4 or parts[0] != FORM or not receipt.isascii():
        raise ReceiptRefused(
            "receipt_invalid",
            f"This is no receipt: one begins with '{FORM}.' and has four parts separated by dots. "
            "Send the member `receipt` of an evaluation, unchanged.",
        )
    return parts


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if _encode(value) != text:  # other spellings of the same bytes are no receipt that was given
        raise ValueError("not as it was encoded")
    return value


def encode_public_key(key: ReceiptKey) -> str:
    """The 32 bytes of the public key, in base64url."""
    return _encode(key.public.public_bytes_raw())
