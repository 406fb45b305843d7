"""Adding to the audit log. Called inside the transaction of the change that it records."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.audit import Entry
from calfcms.publishing.models import AuditHead, Document, Event
from calfcms.publishing.naming import name_person


def record_event(
    *,
    action: str,
    by: User,
    at: datetime,
    document: Document | None = None,
    subject: str = "",
    content_digest: str = "",
    edition: int | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Append one event and return it.

    Locks the head of the log until the transaction ends, so take the locks of documents first.
    `subject` is for what is no document (a shared reference); `details` must be JSON.
    """
    head = AuditHead.objects.select_for_update().get()
    entry = Entry(
        seq=head.seq + 1,
        at=at,
        actor_id=str(by.pk),
        actor=name_person(by),
        action=action,
        document_id=str(document.pk) if document else "",
        subject=str(document) if document else subject,
        content_digest=content_digest,
        edition=edition,
        details=details or {},
        previous_hash=head.hash,
    )
    columns = vars(entry) | {"document_id": document.pk if document else None}
    event = Event.objects.create(**columns, hash=entry.compute_hash())
    AuditHead.objects.filter(pk=head.pk).update(seq=event.seq, hash=event.hash)
    return event
