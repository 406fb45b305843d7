"""One page of what was found: the cards, each with the passage that answers best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calfcms.publishing.cards import Card, Position
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import read_instant, read_source_state
from calfcms.search.held_texts import Text, get_texts
from calfcms.search.questions import CollectionQuestion, Question
from calfcms.search.ranking import Ranked, get_rarity
from calfcms.search.snippets import Snippet, make_snippet


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A live document with the place where it answers the question."""

    card: Card
    part: str
    """The address of the part that the snippet is from."""
    snippet: Snippet


def list_found_cards(
    question: Question, ranked: Sequence[Ranked], *, rendition: str
) -> list[FoundCard]:
    """Their cards, in this order; without what was withdrawn since it was found. One query, and
    one for the texts that this process does not hold."""
    if not ranked:
        return []
    keys = [one.key for one in ranked]
    rows = {row[0]: row for row in fetch_rows(_compose(len(keys)), [*keys, rendition])}
    texts = get_texts(list(rows))
    choosers = {part.lexicon.key: _Chooser(part) for part in question.parts}
    return [_read_card(rows[key], texts[key], choosers) for key in keys if key in texts]


@lru_cache(maxsize=128)
def _compose(keys: int) -> str:
    return (
        "SELECT n.period_id, n.collection_id, n.slug, n.locale, r.digest, r.body, p.started_at, "  # noqa: S608
        "p.source_moved_at, p.source_withdrawn_at FROM search_entry n "
        "JOIN publishing_liveperiod p ON p.id = n.period_id AND p.ended_at IS NULL "
        "JOIN publishing_rendition r ON r.edition_id = p.edition_id "
        f"WHERE n.period_id IN ({', '.join(['%s'] * keys)}) AND r.format = %s"
    )


def _read_card(row: Sequence[Any], text: Text, choosers: dict[int, "_Chooser"]) -> FoundCard:
    period, collection, slug, locale, digest, body, since, moved_at, withdrawn_at = row
    position = Position(read_instant(since), period)
    source = read_source_state(moved_at, withdrawn_at, as_of=None)
    card = Card(digest, position, slug, locale, bytes(body), source)
    return FoundCard(card, *choosers[collection].choose(text))


class _Chooser:
    """Chooses among the passages of documents, for one collection's part of the question."""

    def __init__(self, part: CollectionQuestion) -> None:
        total = part.lexicon.documents
        self._marks = [[f" {term}@" for term in sorted(group.terms)] for group in part.groups]
        self._worths = [get_rarity(group.documents, total) for group in part.groups]
        self._whole = sum(self._worths)
        self._terms = sorted(frozenset[str]().union(*(group.terms for group in part.groups)))

    def choose(self, text: Text) -> tuple[str, Snippet]:
        """The part and the snippet of a passage that has the rarest of the words that the document
        has: of these the one with the most of the others, and of equals the first."""
        start, end = self._find_line(text.terms)
        line = text.terms.count("\n", 0, start)
        snippet = make_snippet(text.passages[line], text.terms[start:end], self._terms)
        return text.parts[line], snippet

    def _find_line(self, terms: str) -> tuple[int, int]:
        best, line = -1.0, (0, terms.index("\n"))
        for place in self._list_places(terms):
            start, end = terms.rfind("\n", 0, place) + 1, terms.index("\n", place)
            worth = self._weigh(terms[start:end])
            if worth > best:
                best, line = worth, (start, end)
                if worth >= self._whole:
                    break
        return line

    def _list_places(self, terms: str) -> list[int]:
        """Where the rarest of the words stands that is there at all, in order."""
        for marks in self._marks:
            if places := sorted(place for mark in marks for place in _find_all(mark, terms)):
                return places
        return []

    def _weigh(self, line: str) -> float:
        worth = 0.0
        for marks, one in zip(self._marks, self._worths, strict=True):
            for mark in marks:
                if mark in line:
                    worth += one
                    break
        return worth


def _find_all(mark: str, terms: str) -> Iterator[int]:
    place = terms.find(mark)
    while place >= 0:
        yield place
        place = terms.find(mark, place + 1)
