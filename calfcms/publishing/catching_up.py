"""A reader who comes after something was due need not wait for the worker (docs/decisions/0012).

Where it cannot be carried out here and now — a read-only replica, a lock that somebody holds — the
reader gets what there is, and the log says why.
"""

import logging
from datetime import datetime
from typing import Final

from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.patience import Pause, wait_briefly

PATIENCE: Final = 1_000
"""Milliseconds that a reader waits for a lock."""
PAUSE: Final = 5.0
"""Seconds after a failure in which this process does not try again."""

logger = logging.getLogger(__name__)

pause = Pause(PAUSE)


def catch_up(*, at: datetime) -> bool:
    """Carry out what is due; whether it was tried. Never raises: a failure is logged."""
    if not pause.is_over:
        return False
    try:
        with wait_briefly(PATIENCE):
            carry_out_due(at=at)
    except Exception:
        pause.start()
        logger.exception("Something is due that a reader could not carry out; the worker must.")
    return True
