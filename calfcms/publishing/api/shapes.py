"""The shapes of what publishing adds to any kind of content: editions, cards, histories."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from calfcms.api.schema import Problem, Shape
from calfcms.publishing.models import Ending, Severity
from calfcms.publishing.policy import ChangeClass, Role
from calfcms.publishing.sparse import KEPT

Digest = str


class Change(Shape):
    """What an edition changed, in the words of its editor."""

    change_class: ChangeClass = Field(serialization_alias="class")
    note: str


class Reviewer(Shape):
    """Who signed, as that person was entitled on that day. Editorial sign-offs have a name only."""

    name: str
    credentials: str
    registration: str


class SignOffShape(Shape):
    """A reviewer's approval of exactly this content."""

    role: Role
    reviewer: Reviewer
    conflicts_of_interest: str
    signed_at: datetime
    content_digest: Digest


class Unsigned(Shape):
    """Why an edition went out before anybody signed it, and until when it is shown like that."""

    reason: str
    until: datetime


class Review(Shape):
    """When it was last reviewed, when the next review is due, and who signed."""

    last_reviewed: date
    next_review_due: date
    unsigned: Unsigned | None = None
    """There only where the edition was published in an emergency and nobody has signed it."""
    sign_offs: list[SignOffShape]
    overdue: bool = False
    """There, and true, only in live answers after `next_review_due`. It is no part of the edition:
    leave it out to check the digest."""


class EditionHead(Shape):
    """The members that every edition has, whatever its kind."""

    schema_version: Literal[1]
    kind: str
    id: UUID
    """Shared by all translations."""
    slug: str
    locale: str
    edition: int
    digest: Digest
    """SHA-256 of the canonical JSON (RFC 8785) of all other members."""
    content_digest: Digest
    """What the reviewers signed."""
    published_at: datetime
    change: Change
    partner: str | None = None
    """There only where a partner's key reads an edition that has sections for this partner alone;
    then `digest` covers those too."""


def require_kept(schema: dict[str, Any]) -> None:
    """Let a schema require what `fields` can never leave out, and no more."""
    schema["required"] = [name for name in schema["required"] if name in KEPT]


class CardHead(Shape):
    """The members that every card in a list has, whatever its kind."""

    slug: str
    locale: str
    edition: int
    digest: Digest
    content_digest: Digest
    published_at: datetime
    change: Change


class LivePeriodShape(Shape):
    """A time in which an edition was what readers got; open while it is."""

    started_at: datetime
    ended_at: datetime | None
    ending: Ending | None
    reason: str | None
    """Why it was withdrawn, or why an unsigned edition gave way to the one before."""
    replacement: str | None
    """The slug to go to instead."""


class RecallShape(Shape):
    """That an edition was called back: nobody should go on showing it."""

    id: UUID
    """To be acknowledged: `POST /recalls/{id}/ack`."""
    severity: Severity
    reason: str
    recalled_at: datetime


class HistoryItem(Shape):
    """One edition in the history of a document."""

    number: int
    digest: Digest
    content_digest: Digest
    published_at: datetime
    change: Change
    sign_offs: list[SignOffShape]
    unsigned: Unsigned | None
    """Where the edition went out in an emergency: nobody had signed it."""
    recalled: RecallShape | None
    live: list[LivePeriodShape]
    url: str


class History(Shape):
    """Every edition ever published, newest first."""

    items: list[HistoryItem]
    next: str | None
    """Where the list goes on; null at its end."""


class Actor(Shape):
    """The account that acted, by the name it had then."""

    id: str
    name: str


class AuditEvent(Shape):
    """One row of the append-only audit log. `hash` covers it and, through the chain, all before."""

    seq: int
    at: datetime
    actor: Actor
    action: str
    document: UUID | None
    subject: str
    content_digest: Digest | None
    edition: int | None
    details: dict[str, Any]
    previous_hash: Digest
    hash: Digest


class Replacement(Shape):
    """Where to go instead."""

    slug: str
    url: str


class WithdrawnProblem(Problem):
    """The document was withdrawn. Its editions remain readable by number."""

    reason: str
    withdrawn_at: datetime
    replacement: Replacement | None
    recalled: RecallShape | None
    """Where what was live last was not only withdrawn but called back."""
