"""What a document can be found by: its texts, each with its weight and its part."""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How much a word tells about a document, by where it stands."""

    TEXT = 1
    SUMMARY = 2
    HEADING = 3
    """What stands out: headlines, questions, warning signs."""
    TITLE = 4
    NAME = 5
    """What the document is about is called so, officially or by people."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text without markup. `part` is its address in the document: `faqs/is-it-catching`."""

    weight: Weight
    part: str
    text: str
