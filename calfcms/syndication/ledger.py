"""The ledger: what each key last fetched of each document, written without slowing reading.

What a process has written it remembers, so that a read of the same costs a look into a dictionary.
What could not be written is owed: it is written with the next of any key.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock
from typing import Final

from calfcms.api.callers import Caller
from calfcms.publishing.deliveries import Delivered
from calfcms.publishing.patience import Pause, wait_briefly
from calfcms.syndication.actions.record_holdings import Fetched, record_holdings

EVERY: Final = timedelta(hours=1)
"""How often it is written that a key still fetches the same edition."""
MAX_REMEMBERED: Final = 50_000
MAX_OWED: Final = 10_000
BATCH: Final = 100
"""Editions in one statement: an export has thousands."""
PATIENCE: Final = 250
"""Milliseconds that a reader waits for a lock on the ledger."""
PAUSE: Final = 10.0
"""Seconds after a failure in which this process does not try again."""

logger = logging.getLogger(__name__)

Moments = OrderedDict[Fetched, datetime]


class Ledger:
    """One for each process. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._written: Moments = OrderedDict()
        self._owed: Moments = OrderedDict()
        self.pause = Pause(PAUSE)

    def record(self, caller: Caller, editions: Sequence[Delivered], *, at: datetime) -> None:
        """Write what is not written yet. Never raises: a failure is logged, and made up for."""
        news = self._list_news(caller.key_id, editions, at)
        if not news and not self._owed:
            return
        if not self.pause.is_over:
            self._owe(news)
            return
        unwritten = news | self._take_owed()  # with the moment at which it was fetched first
        try:
            while unwritten:
                self._write(OrderedDict(islice(unwritten.items(), BATCH)), unwritten)
        except Exception:
            self.pause.start()
            self._owe(unwritten)
            logger.exception("The ledger could not be written; what is owed is written later.")

    def forget(self) -> None:
        """As if the process had just started."""
        with self._lock:
            self._written.clear()
            self._owed.clear()
        self.pause.end()

    def _list_news(self, key_id: int, editions: Sequence[Delivered], at: datetime) -> Moments:
        with self._lock:
            entries = [(key_id, edition) for edition in editions]
            return OrderedDict((entry, at) for entry in entries if not self._is_written(entry, at))

    def _is_written(self, entry: Fetched, at: datetime) -> bool:
        written_at = self._written.get(entry)
        if written_at is None or at - written_at >= EVERY:
            return False
        self._written.move_to_end(entry)
        return True

    def _write(self, batch: Moments, unwritten: Moments) -> None:
        with wait_briefly(PATIENCE):
            record_holdings(fetched=batch)
        with self._lock:
            for entry, at in batch.items():
                self._written[entry] = at
                del unwritten[entry]
            while len(self._written) > MAX_REMEMBERED:
                self._written.popitem(last=False)

    def _take_owed(self) -> Moments:
        """Some of what is owed: nobody waits for the debts of a whole outage."""
        with self._lock:
            taken = [self._owed.popitem(last=False) for _ in range(min(BATCH, len(self._owed)))]
        return OrderedDict(taken)

    def _owe(self, entries: Moments) -> None:
        with self._lock:
            for entry, at in entries.items():
                self._owed.setdefault(entry, at)
            while len(self._owed) > MAX_OWED:
                lost, _ = self._owed.popitem(last=False)
                logger.error("The ledger lost that key %s was sent %s.", *lost)


ledger = Ledger()
"""That of this process."""
