"""Which of the documents that were found come first. Pure, and so the same on every database."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple

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
    10 * weight + often: worth * (more if weight < Weight.TITLE else 1.0)
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
_TEXT: Final = 10 * Weight.TEXT.value
_TITLE: Final = 10 * Weight.TITLE.value
_NAME: Final = 10 * Weight.NAME.value


@dataclass(frozen=True, slots=True)
class Profile:
    """What ranking needs to know of a document."""

    key: int
    collection: int
    slug: str
    locale: str
    shortness: float
    """What a word of its text counts: the more, the fewer there are."""
    levels: Mapping[str, int]
    """The levels of the terms that have one, each with how often it is said."""
    names: str
    """What it is called, each name as its stems between bars."""


class Candidate(NamedTuple):
    """A document that was found, and which groups of the question it has, as bits."""

    profile: Profile
    found: int


class Ranked(NamedTuple):
    """Where a document stands in the answer: better ones first, then by address."""

    minus_score: int
    slug: str
    locale: str
    key: int


def read_profile(
    key: int, collection: int, slug: str, locale: str, length: int, levels: str, names: str
) -> Profile:
    """The columns of an entry, read so that each look at a term takes one step."""
    marks = (mark.split("=") for mark in levels.split())
    # What an older analysis wrote may read otherwise: it counts as if it stood in the text.
    read = {intern(term): max(int(level), _TEXT) for term, level in marks}
    return Profile(key, collection, slug, locale, LONG / (LONG + length), read, names)


def rank(question: Question, candidates: Iterable[Candidate]) -> list[Ranked]:
    """The documents in the order of the answer."""
    parts = {part.lexicon.key: _Scoring(part) for part in question.parts}
    ranked = [
        (-parts[one.collection].score(one, found), one.slug, one.locale, one.key)
        for one, found in candidates
        if one.collection in parts
    ]
    return list(map(Ranked._make, sorted(ranked)))


class _Scoring:
    """The scores of one collection's documents."""

    def __init__(self, part: CollectionQuestion) -> None:
        self.part = part
        self.total = part.lexicon.documents
        self.rarities = [get_rarity(group.documents, self.total) for group in part.groups]
        self.whole = sum(self.rarities) + part.missing * get_rarity(0, self.total)
        self.groups = [
            (1 << place, rarity, _list_ways(group))
            for place, (group, rarity) in enumerate(zip(part.groups, self.rarities, strict=True))
        ]

    def score(self, one: Profile, found: int) -> int:
        """How well a document answers, in whole numbers, so that they can be compared and sent."""
        words = covered = 0.0
        is_named = False
        for bit, rarity, ways in self.groups:
            if found & bit:
                level, worth = _find_worth(ways, one.levels)
                is_named = is_named or level >= _NAME
                words += rarity * (worth if level >= _TITLE else worth * one.shortness)
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


_Ways = Sequence[tuple[float, Sequence[Sequence[str]]]]
"""For each alternative its factor, and for each of its words the terms of which one will do."""


def _list_ways(group: Group) -> _Ways:
    return [(one.factor, one.words) for one in group.alternatives]


def _find_worth(ways: _Ways, levels: Mapping[str, int]) -> tuple[int, float]:
    """The best level at which the document says it in any way, and what the best way counts."""
    highest, best = _TEXT, 0.0
    for factor, words in ways:
        level = min([_get_level(terms, levels) for terms in words])
        worth = factor * WORTH.get(level, WORTH[_TEXT])
        highest = level if level > highest else highest
        best = worth if worth > best else best
    return highest, best


def _get_level(terms: Sequence[str], levels: Mapping[str, int]) -> int:
    """The highest level of these terms. What has no level stands in the text."""
    if len(terms) == 1:  # nearly always
        return levels.get(terms[0], _TEXT)
    return max([levels.get(term, _TEXT) for term in terms])
