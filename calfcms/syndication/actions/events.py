"""What the audit log says of partners and their keys. Never a secret, nor who to write to."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.edition_json import format_instant
from calfcms.syndication.models import Key, Partner


def name_partner(partner: Partner) -> str:
    """A partner as the subject of an event."""
    return f"partner {partner.slug}"


def record_partner_event(
    *, action: str, partner: Partner, by: User, at: datetime, details: dict[str, Any]
) -> None:
    """Append one event about this partner."""
    record_event(action=action, by=by, at=at, subject=name_partner(partner), details=details)


def describe_key(key: Key) -> dict[str, Any]:
    """A key as events tell of it: by the start that is no secret."""
    return {
        "key": key.prefix,
        "name": key.name,
        "scopes": list(key.scopes),
        "expires_at": format_instant(key.expires_at) if key.expires_at else None,
    }
