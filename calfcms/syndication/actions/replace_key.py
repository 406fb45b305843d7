"""Rotating a key: a new one that opens the same, and an end for the old one."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.problem import Refused, refuse
from calfcms.syndication.actions.events import describe_key, record_partner_event
from calfcms.syndication.actions.locks import lock_key
from calfcms.syndication.actions.make_key import MadeKey, insert_key, require_open
from calfcms.syndication.checks import list_key_problems
from calfcms.syndication.keys import KeyState, get_key_state
from calfcms.syndication.models import Key, Scope
from calfcms.syndication.rights import require_scopes


@transaction.atomic
def replace_key(
    *, key: Key, old_until: datetime, expires_at: datetime | None, by: User, at: datetime
) -> MadeKey:
    """Make a key of the same name and scopes; the old one works until `old_until`, at the latest.

    Both work in between, so that the partner can change over without a gap. Raises `Refused`.
    """
    require_scopes(by, {Scope(scope) for scope in key.scopes})
    key = lock_key(key)
    require_open(key.partner)
    _require_not_revoked(key, at)
    if problems := list_key_problems(
        name=key.name, scopes=key.scopes, expires_at=expires_at, at=at
    ):
        raise Refused(problems)
    _require_future(old_until, at)
    key.expires_at = min(old_until, key.expires_at or old_until)
    key.save(update_fields=["expires_at"])
    made = insert_key(key.partner, key.name, list(key.scopes), expires_at, by, at)
    details = describe_key(made.key) | {
        "replaces": key.prefix,
        "old_until": format_instant(key.expires_at),
    }
    record_partner_event(action="key.replaced", partner=key.partner, by=by, at=at, details=details)
    return made


def _require_not_revoked(key: Key, at: datetime) -> None:
    if get_key_state(key, at=at) == KeyState.REVOKED:
        raise refuse(
            "key_revoked",
            f"{key} was revoked: there is nothing to change over from.",
            "Make a new key.",
        )


def _require_future(old_until: datetime, at: datetime) -> None:
    if old_until <= at:
        raise refuse(
            "old_until_past",
            "The old key would stop before the new one is in use.",
            "Choose a moment in the future; to stop it at once, revoke it.",
            "/old_until",
        )
