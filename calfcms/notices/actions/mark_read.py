"""Marking notices as read. Only one's own, and nothing else depends on it, so no audit event."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.notices.models import Notice


def mark_read(*, person: User, up_to: int, at: datetime) -> int:
    """Mark this person's notices as read, up to the one with that key; how many there were."""
    unread = Notice.objects.filter(person=person, read_at=None, pk__lte=up_to)
    return unread.update(read_at=at)
