"""Stopping a key at once and for good."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.events import describe_key, record_partner_event
from calfcms.syndication.actions.locks import lock_key
from calfcms.syndication.models import Key
from calfcms.syndication.rights import may_revoke


@transaction.atomic
def revoke_key(*, key: Key, reason: str, by: User, at: datetime) -> Key:
    """Let it open nothing from now on. Raises `Refused`."""
    if not may_revoke(by, key.scopes):
        raise refuse(
            "not_allowed",
            f"{by.get_username()} may not revoke this key: the right “change_key” is missing.",
            "Ask an administrator for it, or let somebody who has it do this.",
        )
    key = lock_key(key)
    if key.revoked_at is not None:
        raise refuse("key_revoked", f"{key} was revoked already.", "There is nothing to do.")
    key.revoked_at, key.revoked_by = at, by
    key.save(update_fields=["revoked_at", "revoked_by"])
    details = describe_key(key) | ({"reason": reason.strip()} if reason.strip() else {})
    record_partner_event(action="key.revoked", partner=key.partner, by=by, at=at, details=details)
    return key
