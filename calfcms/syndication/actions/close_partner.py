"""Closing a partner, which stops all of its keys at once, and opening it again."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.events import record_partner_event
from calfcms.syndication.actions.locks import lock_partner
from calfcms.syndication.models import Partner
from calfcms.syndication.rights import require_right


@transaction.atomic
def close_partner(*, partner: Partner, reason: str, by: User, at: datetime) -> Partner:
    """Let none of its keys open anything from now on. Raises `Refused`."""
    require_right(by, "change_partner")
    partner = lock_partner(partner)
    if not partner.is_active:
        raise refuse(
            "partner_closed", f"{partner.name} is closed already.", "There is nothing to do."
        )
    if not reason.strip():
        raise refuse(
            "reason_missing",
            "There is no reason.",
            "Say in a sentence why, for those who ask later.",
            "/reason",
        )
    return _set_open(partner, False, "partner.closed", by, at, reason.strip())


@transaction.atomic
def open_partner(*, partner: Partner, by: User, at: datetime) -> Partner:
    """Let the keys work again that have not expired and were not revoked. Raises `Refused`."""
    require_right(by, "change_partner")
    partner = lock_partner(partner)
    if partner.is_active:
        raise refuse("partner_open", f"{partner.name} is open.", "There is nothing to do.")
    return _set_open(partner, True, "partner.opened", by, at, "")


def _set_open(
    partner: Partner, is_open: bool, action: str, by: User, at: datetime, reason: str
) -> Partner:
    partner.is_active = is_open
    partner.save(update_fields=["is_active"])
    details = {"reason": reason} if reason else {}
    record_partner_event(action=action, partner=partner, by=by, at=at, details=details)
    return partner
