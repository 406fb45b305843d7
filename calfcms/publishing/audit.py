"""The hash chain of the audit log. Pure: rows in, hashes and breaks out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from calfcms.publishing.digest import digest_of

GENESIS = "sha256:" + "0" * 64
"""The hash before the first event."""


@dataclass(frozen=True)
class Entry:
    """The columns of an event that its hash covers."""

    seq: int
    at: datetime
    actor_id: str
    actor: str
    action: str
    document_id: str
    subject: str
    content_digest: str
    edition: int | None
    details: dict[str, Any]
    previous_hash: str

    def compute_hash(self) -> str:
        """The digest of all columns, and so of every event before."""
        return digest_of(vars(self) | {"at": self.at.astimezone(UTC).isoformat()})


@dataclass(frozen=True)
class Break:
    """The first place where the log is not what was written."""

    seq: int
    message: str


def find_break(
    entries: Iterable[tuple[Entry, str]],
    *,
    head: tuple[int, str],
    after: tuple[int, str] = (0, GENESIS),
) -> Break | None:
    """Walk the log in order and say where it breaks; None when it is whole.

    `entries` are pairs of columns and stored hash; `head` is the number and hash that the log
    should end with; `after` those of the event that the first entry continues.
    """
    seq, previous = after
    for entry, stored_hash in entries:
        seq += 1
        if found := _find_break_at(entry, stored_hash, seq=seq, previous=previous):
            return found
        previous = stored_hash
    if (seq, previous) != head:
        return Break(seq + 1, f"The log ends at event {seq}, but event {head[0]} was written.")
    return None


def _find_break_at(entry: Entry, stored_hash: str, *, seq: int, previous: str) -> Break | None:
    if entry.seq != seq:
        return Break(seq, f"Event {seq} is missing; event {entry.seq} follows.")
    if entry.previous_hash != previous:
        return Break(seq, f"Event {seq} does not continue event {seq - 1}.")
    if entry.compute_hash() != stored_hash:
        return Break(seq, f"Event {seq} was changed after it was written.")
    return None
