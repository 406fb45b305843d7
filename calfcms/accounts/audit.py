"""Writing into the audit log, which belongs to an app above this one.

That app names its function here when Django starts; accounts know nothing else of it.
"""

from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import transaction


class Recorder(Protocol):
    """Appends one event to the audit log, inside the transaction of what it records."""

    def __call__(
        self, *, action: str, by: User, at: datetime, subject: str, details: dict[str, Any]
    ) -> object: ...


_recorders: list[Recorder] = []


def set_recorder(recorder: Recorder) -> None:
    """Say who writes the audit log."""
    _recorders[:] = [recorder]


def record(*, action: str, by: User, at: datetime, subject: str, **details: Any) -> None:
    """Append one event. Raises LookupError when nobody writes the log: nothing goes unseen."""
    if not _recorders:
        raise LookupError("No audit log: call set_recorder when Django starts.")
    with transaction.atomic():  # what allauth tells of comes when it has committed
        _recorders[0](action=action, by=by, at=at, subject=subject, details=details)


def name_account(person: User) -> str:
    """An account as the subject of an event."""
    return f"account {person.get_username()}"
