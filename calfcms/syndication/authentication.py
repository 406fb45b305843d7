"""From a key to the partner that calls with it."""

import hashlib
import hmac
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from calfcms.api.callers import Caller
from calfcms.api.problems import ApiProblem
from calfcms.syndication.models import Key

PREFIX_LENGTH: Final = 12
"""Characters of a key that are no secret: `calf_` and what tells keys apart."""


def hash_key(secret: str) -> str:
    """What is kept of a key. Keys are 256 random bits, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def authenticate(request: HttpRequest) -> Caller:
    """The partner whose key was sent. Raises `ApiProblem` 401 with what to do. One query."""
    scheme, _, secret = request.META["HTTP_AUTHORIZATION"].partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _refuse("invalid_key", "Send the key as `Authorization: Bearer <key>`.")
    key = _find_key(secret.strip())
    if key is None:
        raise _refuse("invalid_key", "There is no such key. Check that all of it was copied.")
    if key.revoked_at is not None or not key.partner.is_active:
        raise _refuse("key_revoked", "This key was revoked. Ask for a new one.")
    if key.expires_at is not None and key.expires_at <= timezone.now():
        raise _refuse("key_expired", "This key has expired. Ask for a new one.")
    return Caller(
        partner=key.partner.slug,
        key_id=key.pk,
        scopes=frozenset(key.scopes),
        calls_per_minute=key.partner.calls_per_minute,
    )


def _find_key(secret: str) -> Key | None:
    key = Key.objects.select_related("partner").filter(prefix=secret[:PREFIX_LENGTH]).first()
    is_right = key is not None and hmac.compare_digest(key.hash, hash_key(secret))
    return key if is_right else None


def _refuse(code: str, detail: str) -> ApiProblem:
    return ApiProblem(
        401, code, detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
    )
