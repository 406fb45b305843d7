"""Recording that somebody looked at the audit log or took evidence."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.models import Document, Event
from calfcms.publishing.rights import require_right


@transaction.atomic
def record_access(
    *, what: str, by: User, at: datetime, document: Document | None = None, **details: Any
) -> Event:
    """Write the event `audit.<what>`. Raises `Refused` where the right `read_audit` is missing."""
    require_right(by, "read_audit")
    return record_event(
        action=f"audit.{what}",
        by=by,
        at=at,
        document=document,
        subject="" if document else "audit log",
        details=details,
    )
