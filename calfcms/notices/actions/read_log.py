"""Turning new events of the audit log into notices, each event exactly once."""

from datetime import datetime

from calfcms.notices.actions.tell import tell
from calfcms.notices.models import NoticeCursor
from calfcms.notices.occasions import find_occasion
from calfcms.publishing.log_following import follow_log
from calfcms.publishing.models import Document, Event


def read_log(*, at: datetime) -> int:
    """Read the log to its end; how many notices were made. A duty of the worker."""
    return follow_log(NoticeCursor.objects, _tell_of, at=at)


def _tell_of(event: Event, at: datetime) -> int:
    occasion = find_occasion(event)
    if occasion is None or event.document_id is None:
        return 0
    return tell(
        people=occasion.list_recipients(event),
        kind=occasion.kind,
        occasion=f"event:{event.seq}",
        document=Document.objects.get(pk=event.document_id),
        facts=occasion.read_facts(event),
        happened_at=event.at,
        at=at,
    )
