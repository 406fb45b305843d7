"""What a person must look at after an import: what was left out, claimed, guessed or kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

SHOWN: Final = 200
"""Characters of a value that a note repeats."""


class About(StrEnum):
    """What kind of look it takes."""

    NOT_MAPPED = "not_mapped"
    """There is no place for it in a draft."""
    CLAIM = "claim"
    """The page says so of itself: a review, a date. We take nobody's word for it."""
    RED_FLAG = "red_flag"
    """It may tell readers of danger. Red flags are written by people."""
    CITATION = "citation"
    """A source that the page names, without saying for which words."""
    IMAGE = "image"
    LINK = "link"
    """A link that was kept, or lost its address."""
    GUESS = "guess"
    """The page does not say; this was the best guess."""
    CHANGED = "changed"
    """It reads differently from the page."""


@dataclass(frozen=True)
class Note:
    """One thing to look at. `pointer` is a JSON pointer into what was read."""

    about: About
    pointer: str
    reason: str
    value: str = ""

    def describe(self) -> dict[str, str]:
        """The note as the report has it."""
        return {
            "about": self.about.value,
            "pointer": self.pointer,
            "reason": self.reason,
            "value": self.value,
        }


@dataclass
class Notes:
    """The notes of one import, in the order in which they were made; each once."""

    _notes: dict[Note, None] = field(default_factory=dict)

    def add(self, about: About, pointer: str, reason: str, value: Any = "") -> None:
        """Note something down."""
        self._notes[Note(about, pointer, reason, _shorten(value))] = None

    def extend(self, notes: Iterable[Note]) -> None:
        """Note several things down."""
        self._notes |= dict.fromkeys(notes)

    def list_all(self) -> list[Note]:
        """Everything, sorted by what it is about; otherwise in the order of the page."""
        order = list(About)
        return sorted(self._notes, key=lambda note: order.index(note.about))


def _shorten(value: Any) -> str:
    text = " ".join(str(value)[: SHOWN * 2].split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
