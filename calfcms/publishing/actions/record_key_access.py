"""Recording that a key was used to look at the audit log or to take evidence."""

from datetime import datetime
from typing import Any

from django.db import transaction

from calfcms.api.callers import Caller
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.models import Document, Event
from calfcms.publishing.worker_account import get_worker_account


@transaction.atomic
def record_key_access(
    *, what: str, by: Caller, at: datetime, document: Document | None = None, **details: Any
) -> Event:
    """Write the event `audit.<what>`, naming partner and key: no person's account acts here."""
    return record_event(
        action=f"audit.{what}",
        by=get_worker_account(),
        at=at,
        document=document,
        subject="" if document else "audit log",
        details={"partner": by.partner, "key": by.key_id, **details},
    )
