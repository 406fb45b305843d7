"""What people typed into forms, read strictly; what cannot be read is a refusal that says how."""

from datetime import UTC, date, datetime

from django.http import HttpRequest

from calfcms.publishing.problem import Refused, refuse


def read_text(request: HttpRequest, name: str) -> str:
    """The text of a field, without the spaces around it and with plain line ends."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def read_whole_number(request: HttpRequest, name: str, what: str) -> int:
    """A whole number."""
    try:
        return int(read_text(request, name))
    except ValueError:
        raise _refuse(name, f"The number of {what} is missing.", "Write it in digits.") from None


def read_instant(request: HttpRequest, name: str, what: str) -> datetime:
    """A day and time in UTC, as a browser's `datetime-local` field sends it."""
    try:
        typed = datetime.fromisoformat(read_text(request, name))
    except ValueError:
        raise _refuse(
            name, f"The {what} is missing.", "Choose a day and a time, in UTC: 2027-03-31T09:00."
        ) from None
    return typed.replace(tzinfo=UTC) if typed.tzinfo is None else typed


def read_date(request: HttpRequest, name: str, what: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(read_text(request, name))
    except ValueError:
        raise _refuse(name, f"The {what} is missing.", "Choose a day: 2027-03-31.") from None


def _refuse(name: str, message: str, hint: str) -> Refused:
    return refuse("field_invalid", message, hint, f"/{name}")
