"""Which of the documents that were found come first. Pure, and so the same on every database."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from calfcms.publishing.search_texts import Weight
from calfcms.search.questions import Alternative, CollectionQuestion, Group, Question

_PLACES: Final = {
    Weight.TEXT: 1.0,
    Weight.SUMMARY: 1.8,
    Weight.HEADING: 3.0,
    Weight.TITLE: 5.0,
    Weight.NAME: 8.0,
}
"""What a word counts by the best place in which it stands."""
_OFTEN: Final = (1.0, 1.3, 1.8)
"""How much more a word of the text counts by how often it is said (`entries.OFTEN`)."""
WORTH: Final = {
    f"{weight:d}{often}": worth * (more if weight < Weight.TITLE else 1.0)
    for weight, worth in _PLACES.items()
    for often, more in enumerate(_OFTEN)
}
"""The same, as `Entry.levels` has it after a term: its level, and how often it is said."""
NAMED: Final = 8.0
"""What it counts that the question is just the name of the document."""
PARTLY: Final = 0.75
"""Of that, what a name counts that has all of the words, or the same in other words."""
LONG: Final = 1_000
"""Of a document with so many different words each in its text counts half: it says something of
everything."""
_TEXT: Final = f"{Weight.TEXT:d}0"
_TITLE: Final = f"{Weight.TITLE:d}0"
_NAME: Final = f"{Weight.NAME:d}0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that was found, with what ranking needs to know of it."""

    key: int
    collection: int
    slug: str
    locale: str
    length: int
    levels: str
    names: str
    found: int
    """Which groups of the question it has, as bits."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a document stands in the answer: better ones first, then by address."""

    minus_score: int
    slug: str
    locale: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document at its place."""

    place: Place
    key: int


def rank(question: Question, candidates: Iterable[Candidate]) -> list[Ranked]:
    """The documents in the order of the answer."""
    parts = {part.lexicon.key: _Scoring(part) for part in question.parts}
    ranked = [
        Ranked(Place(-parts[one.collection].score(one), one.slug, one.locale), one.key)
        for one in candidates
        if one.collection in parts
    ]
    return sorted(ranked, key=lambda one: one.place)


class _Scoring:
    """The scores of one collection's documents."""

    def __init__(self, part: CollectionQuestion) -> None:
        self.part = part
        self.total = part.lexicon.documents
        self.rarities = [get_rarity(group.documents, self.total) for group in part.groups]
        self.whole = sum(self.rarities) + part.missing * get_rarity(0, self.total)
        self.marks = [_list_marks(group) for group in part.groups]

    def score(self, one: Candidate) -> int:
        """How well a document answers, in whole numbers, so that they can be compared and sent."""
        shortness = LONG / (LONG + one.length)
        words = covered = 0.0
        is_named = False
        for place, (rarity, marks) in enumerate(zip(self.rarities, self.marks, strict=True)):
            if one.found >> place & 1:
                level, worth = _find_worth(marks, one.levels)
                is_named = is_named or level >= _NAME
                words += rarity * (worth if level >= _TITLE else worth * shortness)
                covered += rarity
        names = NAMED * self.whole * self._compare_names(one.names) if is_named else 0.0
        return round(1_000 * (words + names) * (covered / self.whole) ** 2)

    def _compare_names(self, names: str) -> float:
        if f"|{self.part.name}|" in names:
            return 1.0
        alike = max(self._compare(name) for name in names.strip("|").split("|"))
        return PARTLY * alike * alike

    def _compare(self, name: str) -> float:
        """How much the question and a name have in common, of all that is in either."""
        terms = frozenset(name.split())
        told: set[str] = set()
        common = 0.0
        for group, rarity in zip(self.part.groups, self.rarities, strict=True):
            said = next((one for one in group.alternatives if _is_in(one, terms)), None)
            if said:
                common += rarity
                told.update(term for words in said.words for term in words)
        return common / (self.whole + self._weigh(terms - told)) if common else 0.0

    def _weigh(self, terms: Iterable[str]) -> float:
        counts = self.part.lexicon.counts
        found = (min(counts[term], self.total) for term in sorted(terms) if term in counts)
        return sum(get_rarity(count, self.total) for count in found)


@lru_cache(maxsize=65_536)
def get_rarity(documents: int, of: int) -> float:
    """What a word tells by how few documents have it (inverse document frequency)."""
    return math.log(1 + (of - documents + 0.5) / (documents + 0.5))


def _is_in(alternative: Alternative, terms: frozenset[str]) -> bool:
    return all(not terms.isdisjoint(words) for words in alternative.words)


_Marks = Sequence[tuple[float, Sequence[Sequence[str]]]]
"""For each alternative its factor, and for each of its words how its terms are found in levels."""


def _list_marks(group: Group) -> _Marks:
    return [
        (one.factor, [[f" {term}=" for term in terms] for terms in one.words])
        for one in group.alternatives
    ]


def _find_worth(marks: _Marks, levels: str) -> tuple[str, float]:
    """The best level at which the document says it in any way, and what the best way counts."""
    highest, best = _TEXT, 0.0
    for factor, words in marks:
        level = min([_get_level(terms, levels) for terms in words])
        worth = WORTH.get(level, WORTH[_TEXT])  # what an older analysis wrote may read otherwise
        highest, best = max(highest, level), max(best, factor * worth)
    return highest, best


def _get_level(marks: Sequence[str], levels: str) -> str:
    """The highest level of these terms. What has no level stands in the text."""
    level = _TEXT
    for mark in marks:
        place = levels.find(mark)
        if place >= 0:
            end = place + len(mark)
            level = max(level, levels[end : end + 2])
    return level
