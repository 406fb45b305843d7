"""A stretch of a text around the words that were looked for. Pure, and safe HTML."""

import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from html import escape
from operator import itemgetter
from typing import Final

MAX_LENGTH: Final = 200
"""Characters of the text that a snippet shows, dots included."""
_DOTS: Final = "…"
_LEAD: Final = 60
"""Characters before the first word that was looked for."""
_LONGEST: Final = 40
"""Characters: where there is no space for so long, a word is cut."""

_Hit = tuple[int, int, Set[str]]
"""Where a word that was looked for begins and ends, and by which terms it was."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The same stretch twice: as HTML in which the words are marked, and plain."""

    html: str
    text: str


def make_snippet(text: str, places: str, terms: Iterable[str]) -> Snippet:
    """At most `MAX_LENGTH` characters where the most of the terms are, cut between words.

    The text is one line; `places` tells where its terms are (`entries.Passage`).
    """
    hits = _list_hits(places, terms)
    first, last = _choose(text, hits)
    shown = [hit for hit in hits if first <= hit[0] and hit[1] <= last]
    before, after = _DOTS if first else "", _DOTS if last < len(text) else ""
    return Snippet(
        html=before + _mark(text, shown, first, last) + after,
        text=before + text[first:last] + after,
    )


def _list_hits(places: str, terms: Iterable[str]) -> list[_Hit]:
    found: dict[str, set[str]] = {}
    for term in terms:
        _, mark, rest = places.partition(f" {term}@")
        if mark:
            for place in rest[: rest.index(" ")].split(","):
                found.setdefault(place, set()).add(term)
    return sorted([_read_hit(place, said) for place, said in found.items()], key=itemgetter(0))


def _read_hit(place: str, said: set[str]) -> _Hit:
    start, _, end = place.partition("-")
    return int(start), int(end), said


def _choose(text: str, hits: Sequence[_Hit]) -> tuple[int, int]:
    """Where the stretch begins and ends: whole words, and the dots fit in too."""
    if len(text) <= MAX_LENGTH:
        return 0, len(text)
    length = MAX_LENGTH - 2 * len(_DOTS)
    scored = [
        (_count(hits[n:], hits[n][0] + length - _LEAD), -hits[n][0]) for n in range(len(hits))
    ]
    hit = -max(scored)[1] if scored else 0
    earliest = min(hit - _LEAD, len(text) - length)
    first = min(hit, _find_start(text, earliest)) if earliest > 0 else 0
    latest = first + length
    return first, len(text) if latest >= len(text) else _find_end(text, latest)


def _find_start(text: str, earliest: int) -> int:
    """Where the first whole word from there on begins."""
    space = text.find(" ", earliest - 1, earliest + _LONGEST)
    return space + 1 if space >= 0 else _skip_marks(text, earliest)


def _find_end(text: str, latest: int) -> int:
    """Where the last whole word up to there ends."""
    space = text.rfind(" ", latest - _LONGEST, latest + 1)
    return space if space >= 0 else _skip_marks(text, latest, by=-1)


def _skip_marks(text: str, place: int, by: int = 1) -> int:
    """A place that does not part a letter from its marks."""
    while 0 < place < len(text) and unicodedata.category(text[place])[0] == "M":
        place += by
    return place


def _count(hits: Sequence[_Hit], latest: int) -> tuple[int, int]:
    """How many different terms stand before that end, then how many words."""
    inside = [found for _, end, found in hits if end <= latest]
    return len(set().union(*inside)), len(inside)


def _mark(text: str, shown: Sequence[_Hit], first: int, last: int) -> str:
    written, here = [], first
    for start, end, _ in shown:
        written += [escape(text[here:start]), "<mark>", escape(text[start:end]), "</mark>"]
        here = end
    return "".join([*written, escape(text[here:last])])
