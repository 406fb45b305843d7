"""Points in time, as clients send them (RFC 3339)."""

import re
from datetime import UTC, datetime

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)

EXAMPLE = "2026-11-21T09:30:00Z"


def parse_instant(given: str) -> datetime:
    """The instant, in UTC. Raises `ValueError` with a sentence for whoever sent it."""
    if not _RFC_3339.fullmatch(given):
        raise ValueError(
            f"'{given[:80]}' is not a timestamp with time zone, such as {EXAMPLE} "
            "(in a URL, write + as %2B)."
        )
    try:
        return datetime.fromisoformat(_cut_to_microseconds(given.upper())).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"'{given[:80]}' is no date and time that exists.") from None


def _cut_to_microseconds(given: str) -> str:
    return re.sub(r"(\.\d{6})\d+", r"\1", given)
