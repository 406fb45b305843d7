"""The shapes of what changed between two editions."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from calfcms.api.schema import Shape
from calfcms.publishing.api.shapes import Change, Digest
from calfcms.publishing.changes import Change as PartChangeName


class ComparedEdition(Shape):
    """One of the two editions."""

    edition: int
    digest: Digest
    content_digest: Digest
    published_at: datetime
    change: Change
    url: str


class TextRun(Shape):
    """A stretch of text that stayed, was inserted, or was deleted."""

    op: Literal["equal", "insert", "delete"]
    text: str


class MemberChange(Shape):
    """A member with another value than before. Where it was not there, `before` is missing; where
    it is gone, `after` is."""

    name: str
    before: Any = None
    after: Any = None
    runs: list[TextRun] = []
    """There where both are text: the equal and deleted runs together are `before`, the equal and
    inserted ones are `after`."""


class OwnMemberChange(MemberChange):
    """A changed member of the document itself."""

    safety: bool
    """It keeps readers safe and says less than before."""
    safety_change: bool
    """It keeps readers safe."""


class PartChange(Shape):
    """A part that was added, removed, changed or moved."""

    change: PartChangeName
    """One that was moved and changed is `changed`, with `moved` true."""
    moved: bool
    address: str
    """Its stable name, such as `red_flags/numb-hand`, wherever it is moved."""
    list_name: str = Field(serialization_alias="list")
    """The list that it is in."""
    key: str
    """The member that identifies it, whose value is `id`."""
    id: str
    label: str
    """What it is called, for people."""
    within: list[str]
    """The labels of the parts that it lies in, outermost first."""
    source: str | None = Field(serialization_alias="from")
    """Where it was in the content before, as a JSON pointer; null for what was added."""
    target: str | None = Field(serialization_alias="to")
    """Where it is in the content after; null for what was removed."""
    safety: bool
    """A red flag, or another part that keeps readers safe, was removed, became less urgent or lost
    one of its texts."""
    safety_change: bool
    """The part keeps readers safe, whatever happened to it."""
    warning: str | None
    """How it makes readers less safe, in words, where that can be said."""
    members: list[MemberChange]


class ListOrder(Shape):
    """A list of parts that has other parts, or another order, than before."""

    within: str
    """The address of the part that it lies in; empty for the document."""
    list_name: str = Field(serialization_alias="list")
    parts: list[str] | None
    """The addresses of its parts in the order after; null where there is no such list any more."""


class Counts(Shape):
    """How many parts were changed in each way."""

    added: int
    removed: int
    changed: int
    moved: int


class EditionDifferences(Shape):
    """All that changed from one edition's content to another's: what was signed, as far as
    everybody may read it."""

    schema_version: Literal[1]
    kind: str
    slug: str
    locale: str
    source: ComparedEdition | None = Field(serialization_alias="from")
    """The edition before; null where there was nothing."""
    target: ComparedEdition = Field(serialization_alias="to")
    safety: bool
    """Something that keeps readers safe was removed or weakened."""
    safety_change: bool
    """Something that keeps readers safe changed, in whatever way."""
    counts: Counts
    members: list[OwnMemberChange]
    """Changed members of the document itself."""
    parts: list[PartChange]
    """In the order in which a reader meets them."""
    lists: list[ListOrder]
    part_lists: dict[str, str]
    """Which lists hold parts, by their path, and by which member a part is known in each. A list
    that nests in itself is named once: `sections.sections` stands for every depth."""
