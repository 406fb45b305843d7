"""That a key was used, to the hour. No event: it is nobody's deed, and reading must stay quick.

Written within a read, so it may neither fail it nor hold it up: a database that is read-only, or
locked by somebody else, is tried again after a while.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import Error, transaction
from django.db.models import Q

from calfcms.publishing.patience import wait_briefly
from calfcms.syndication.models import Key

WAIT: Final = 20
"""Milliseconds to wait for whoever else writes."""
PAUSE: Final = timedelta(minutes=5)
"""After this, a process tries again what it could not write."""

logger = logging.getLogger(__name__)
_next_try: dict[int, datetime] = {}
"""By the number of the key, where the last try failed."""


def record_use(*, key: int, last_used_at: datetime | None, at: datetime) -> None:
    """Write the hour, unless it stands there already, or failed a moment ago."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if last_used_at is not None and last_used_at >= hour:
        return
    if key in _next_try and at < _next_try[key]:
        return
    try:
        _write(key, hour)
    except Error as error:
        _next_try[key] = at + PAUSE
        logger.warning("The use of key %s could not be written: %s", key, error)
    else:
        _next_try.pop(key, None)


def _write(key: int, hour: datetime) -> None:
    earlier = Q(last_used_at=None) | Q(last_used_at__lt=hour)
    with wait_briefly(WAIT), transaction.atomic():
        Key.objects.filter(earlier, pk=key).update(last_used_at=hour)
