"""What a comparison finds: changed members, and parts added, removed, changed or moved. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from calfcms.publishing.wording import Op, Run, fold
from calfcms.publishing.writing import write_title


class Change(StrEnum):
    """What happened to a part. One that was moved and changed counts as changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class FieldChange:
    """A member that says something else than before: of a part, or of the document itself."""

    name: str
    before: str
    after: str
    runs: tuple[Run, ...]
    is_safety: bool = False

    @property
    def title(self) -> str:
        """The member's name for people."""
        return write_title(self.name)

    @property
    def before_runs(self) -> tuple[Run, ...]:
        """What the left side of a comparison shows: what stayed and what was deleted."""
        return tuple(run for run in fold(self.runs) if run.op != Op.INSERT)

    @property
    def after_runs(self) -> tuple[Run, ...]:
        """What the right side of a comparison shows: what stayed and what was inserted."""
        return tuple(run for run in fold(self.runs) if run.op != Op.DELETE)


@dataclass(frozen=True)
class PartChange:
    """A part that was added, removed, moved or changed."""

    change: Change
    address: str
    """Its stable name: `red_flags/numb-hand`. Comments on parts use it."""
    list_name: str
    label: str
    trail: tuple[str, ...]
    """The labels of the parts that it lies in, outermost first."""
    fields: tuple[FieldChange, ...]
    is_safety: bool
    is_moved: bool = False
    pointer: str = ""
    """Where it is in the content after, as a JSON pointer; empty for what was removed."""
    places: tuple[str, str] = ("", "")
    """Where it was and where it is, for people; for what was moved."""
    warning: str = ""
    """How the change makes readers less safe; empty where it does not, as far as can be told."""

    @property
    def is_weakened(self) -> bool:
        """Whether a safety part was removed or became less urgent."""
        return bool(self.warning)

    @property
    def shown_fields(self) -> tuple[FieldChange, ...]:
        """The changed members, but for what the label of a whole new or gone part says already."""
        if self.change not in (Change.ADDED, Change.REMOVED):
            return self.fields
        return tuple(f for f in self.fields if self.label not in (f.before, f.after))

    @property
    def title(self) -> str:
        """Which list it is in and within which parts, for people."""
        return " › ".join((write_title(self.list_name), *self.trail))


@dataclass(frozen=True)
class Comparison:
    """All that changed, in reading order. Empty when both say the same."""

    fields: tuple[FieldChange, ...]
    """The document's own members."""
    parts: tuple[PartChange, ...]
    is_first: bool = False
    """Whether there was nothing before."""
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What every part of both contents is called, by its address; also of unchanged ones."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.fields and not self.parts

    @property
    def safety_fields(self) -> tuple[FieldChange, ...]:
        """Members of the document that keep readers safe and changed."""
        return tuple(change for change in self.fields if change.is_safety)

    @property
    def safety_parts(self) -> tuple[PartChange, ...]:
        """Parts that keep readers safe and changed; the weakened ones first."""
        found = [part for part in self.parts if part.is_safety]
        return tuple(sorted(found, key=lambda part: not part.is_weakened))

    @property
    def other_fields(self) -> tuple[FieldChange, ...]:
        """Changed members of the document that are no safety members."""
        return tuple(change for change in self.fields if not change.is_safety)

    @property
    def other_parts(self) -> tuple[PartChange, ...]:
        """Changed parts that are no safety parts."""
        return tuple(part for part in self.parts if not part.is_safety)

    @property
    def is_safety_change(self) -> bool:
        """Whether anything that keeps readers safe changed."""
        return bool(self.safety_fields or self.safety_parts)

    @property
    def safety_count(self) -> int:
        """How many safety parts and members changed."""
        return len(self.safety_parts) + len(self.safety_fields)

    @property
    def weakened(self) -> tuple[PartChange, ...]:
        """Safety parts that were removed or became less urgent."""
        return tuple(part for part in self.parts if part.is_weakened)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts were added, removed, changed and moved; kinds that occur only."""
        found = dict.fromkeys(Change, 0)
        for part in self.parts:
            found[part.change] += 1
        return {change.value: count for change, count in found.items() if count}
