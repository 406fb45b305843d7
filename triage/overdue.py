"""Which reviews should have been done by a day: the protocol's own, and its rules'. Pure."""

from collections.abc import Iterator
from datetime import date

from triage.core.protocol import Protocol
from triage.question import Overdue


def list_overdue(protocol: Protocol, *, due_on: date | None, on: date) -> tuple[Overdue, ...]:
    """The protocol first, then its rules by id. Without `due_on` only rules are looked at."""
    return tuple(_walk_overdue(protocol, due_on, on))


def _walk_overdue(protocol: Protocol, due_on: date | None, on: date) -> Iterator[Overdue]:
    if due_on and due_on < on:
        yield Overdue(None, due_on)
    for rule in sorted(protocol.rules, key=lambda rule: rule.id):
        if rule.review_due and rule.review_due < on:
            yield Overdue(rule.id, rule.review_due)
