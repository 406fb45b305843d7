"""From a key to the partner that calls with it. One query; nothing for what is no key at all."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from calfcms.api.callers import Caller
from calfcms.api.problems import ApiProblem
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import read_instant
from calfcms.syndication.actions.record_use import record_use
from calfcms.syndication.keys import PREFIX_LENGTH, hash_key, is_key_like

_QUERY: Final = (  # written out, as the read path is: every keyed call runs it
    "SELECT k.id, k.hash, CAST(k.scopes AS text), k.expires_at, k.revoked_at, k.last_used_at, "
    "p.slug, p.is_active, CAST(p.allowed_origins AS text), p.calls_per_minute "
    "FROM syndication_key k JOIN syndication_partner p ON p.id = k.partner_id WHERE k.prefix = %s"
)
_NO_HASH: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class KnownKey:
    """What is kept of a key and its partner, as far as a call needs it."""

    pk: int
    hash: str
    scopes: str
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    partner: str
    is_open: bool
    allowed_origins: str
    calls_per_minute: int | None


def authenticate(request: HttpRequest) -> Caller:
    """The partner whose key was sent. Raises `ApiProblem` 401 or 403 with what to do."""
    key, now = _find_key(_read_secret(request)), timezone.now()
    _require_good(key, now)
    if origin := request.META.get("HTTP_ORIGIN"):
        _require_origin(request, key, origin)
    record_use(key=key.pk, last_used_at=_read(key.last_used_at), at=now)
    return Caller(
        partner=key.partner,
        key_id=key.pk,
        scopes=frozenset(json.loads(key.scopes)),
        calls_per_minute=key.calls_per_minute,
    )


def _read_secret(request: HttpRequest) -> str:
    authorization: str = request.META["HTTP_AUTHORIZATION"]
    scheme, _, secret = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _refuse("invalid_key", "Send the key as `Authorization: Bearer <key>`.")
    if not is_key_like(secret.strip()):
        raise _refuse(
            "invalid_key",
            "This is no key: keys are `calf_` and 43 letters and digits. Check that all of it was "
            "copied.",
        )
    return secret.strip()


def _find_key(secret: str) -> KnownKey:
    rows = fetch_rows(_QUERY, [secret[:PREFIX_LENGTH]])
    key = KnownKey(*rows[0]) if rows else None
    is_right = hmac.compare_digest(key.hash if key else _NO_HASH, hash_key(secret))
    if key is None or not is_right:
        raise _refuse("invalid_key", "There is no such key. Check that all of it was copied.")
    return key


def _require_good(key: KnownKey, now: datetime) -> None:
    if key.revoked_at is not None:
        raise _refuse("key_revoked", "This key was revoked. Ask for a new one.")
    expires_at = _read(key.expires_at)
    if expires_at is not None and expires_at <= now:
        raise _refuse("key_expired", "This key has expired. Ask for a new one.")
    if not key.is_open:
        raise _refuse(
            "partner_closed",
            f"The partner {key.partner} is closed: none of its keys opens anything. Ask whoever "
            "runs this service.",
        )


def _require_origin(request: HttpRequest, key: KnownKey, origin: str) -> None:
    """Browsers say which page calls. Our own pages may: the one that documents this API."""
    if origin in json.loads(key.allowed_origins):
        return
    if origin != f"{request.scheme}://{request.get_host()}":
        raise ApiProblem(
            403,
            "origin_not_allowed",
            f"Pages of {origin[:200]} may not call with this key. Have the origin added to the "
            "partner, or let your own server call; without a key any page may read.",
        )


def _read(at: datetime | None) -> datetime | None:
    return None if at is None else read_instant(at)


def _refuse(code: str, detail: str) -> ApiProblem:
    return ApiProblem(
        401, code, detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}
    )
