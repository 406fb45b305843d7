"""Where the words of a finding stand in a statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from triage.parsing import english
from triage.parsing.tokens import Token, is_negation
from triage.parsing.vocabulary import Pattern

MAX_GAP: Final = 5
"""Words between two words of a finding."""
MAX_TELLING_GAP: Final = 2
"""Of those, words that carry something of their own."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding's words in a statement, by their places there."""

    pattern: Pattern
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        """The place of the first word."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The place of the last word."""
        return self.places[-1]


class Index:
    """Patterns by the words that they need."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._by_key: dict[str, list[Pattern]] = {}
        self._by_word: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            if pattern.literal:
                self._by_word.setdefault(pattern.literal[0], []).append(pattern)
            else:
                smallest = min(pattern.slots, key=len)
                for key in smallest:
                    self._by_key.setdefault(key, []).append(pattern)

    def list_mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """The findings that a statement speaks of; of two in the same words, the fuller one."""
        found = {*self._find_literal(tokens), *self._find_slots(tokens)}
        return _keep_fullest(tokens, list(found))

    def _find_literal(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        forms = tuple(token.form for token in tokens)
        for place, form in enumerate(forms):
            for pattern in self._by_word.get(form, ()):
                end = place + len(pattern.literal)
                if forms[place:end] == pattern.literal:
                    yield Mention(pattern, tuple(range(place, end)))

    def _find_slots(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        held = _list_places(tokens)
        patterns = {
            id(pattern): pattern for key in held for pattern in self._by_key.get(key, ())
        }.values()
        for pattern in patterns:
            choices = [
                sorted({place for key in slot for place in held.get(key, ())})
                for slot in pattern.slots
            ]
            if all(choices):
                yield from _place(pattern, choices, tokens)


def _list_places(tokens: Sequence[Token]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        for key in {token.key, token.stem} - {""}:
            places.setdefault(key, []).append(place)
        if token.key == english.CANNOT:
            places.setdefault(english.NOT, []).append(place)
    return places


def _place(
    pattern: Pattern, choices: Sequence[Sequence[int]], tokens: Sequence[Token]
) -> Iterator[Mention]:
    for start in min(choices, key=len):
        places = _choose_nearest(start, choices)
        if places and _fits(pattern, places, tokens):
            yield Mention(pattern, tuple(sorted(places)))


def _choose_nearest(start: int, choices: Sequence[Sequence[int]]) -> list[int]:
    """For each slot the nearest word that no other slot has; the slots stay in their order."""
    chosen: list[int] = []
    for choice in choices:
        left = [place for place in choice if place not in chosen]
        if not left:
            return []
        chosen.append(min(left, key=lambda place: (abs(place - start), place)))
    return chosen


def _fits(pattern: Pattern, places: Sequence[int], tokens: Sequence[Token]) -> bool:
    ordered = sorted(places)
    return (
        _is_near(ordered, tokens)
        and _is_of_one_part(ordered, tokens)
        and _negates_rightly(places, tokens)
        and (not pattern.as_thing or _is_thing(ordered[0], tokens))
    )


def _is_near(ordered: Sequence[int], tokens: Sequence[Token]) -> bool:
    for left, right in pairwise(ordered):
        between = tokens[left + 1 : right]
        if len(between) > MAX_GAP or sum(bool(token.key) for token in between) > MAX_TELLING_GAP:
            return False
    return True


def _is_of_one_part(ordered: Sequence[int], tokens: Sequence[Token]) -> bool:
    """'Calf sore, ankle swollen' is no swollen calf."""
    first, last = ordered[0], ordered[-1]
    inner = [place for place in range(first, last) if place not in ordered]
    if any(tokens[place].stem in english.BODY for place in inner):
        return False
    if len(ordered) == 1 or last + 1 >= len(tokens) or tokens[last].stem in english.BODY:
        return True
    has_part = any(tokens[place].stem in english.BODY for place in ordered)
    return not (has_part and tokens[last + 1].stem in english.BODY)


def _negates_rightly(places: Sequence[int], tokens: Sequence[Token]) -> bool:
    """A finding that is itself a denial ('cannot walk') needs its words in that order, and whole.

    'Cannot walk far' is another thing.
    """
    denied = [n for n, place in enumerate(places) if is_negation(tokens[place])]
    if not denied:
        return True
    for n in denied:
        if n + 1 < len(places) and not 0 < places[n + 1] - places[n] <= MAX_GAP:
            return False
    rest = [token for token in tokens[max(places) + 1 :] if token.key]
    return not rest or rest[0].stem in english.BODY or is_negation(rest[0])


def _is_thing(place: int, tokens: Sequence[Token]) -> bool:
    before = tokens[max(0, place - 3) : place]
    return any(token.form in english.ARTICLES for token in before)


def _keep_fullest(tokens: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
    def fullness(mention: Mention) -> tuple[int, int, int, int]:
        span = mention.last - mention.first
        denial = any(is_negation(tokens[place]) for place in mention.places)
        return (
            -len(mention.places),
            -span if denial else span,
            mention.first,
            mention.pattern.finding,
        )

    kept: list[Mention] = []
    for mention in sorted(mentions, key=fullness):
        if not any(_is_within(mention, other, tokens) for other in kept):
            kept.append(mention)
    return kept


def _is_within(mention: Mention, other: Mention, tokens: Sequence[Token]) -> bool:
    """Whether these words are already another finding's, of which they are only a part."""
    telling = {place for place in mention.places if not is_negation(tokens[place])}
    if telling < set(other.places) and len(mention.places) < len(other.places):
        return True
    shared = set(mention.places) & set(other.places)
    within = other.first <= mention.first and mention.last <= other.last
    return bool(
        within
        and shared
        and any(is_negation(tokens[place]) for place in shared)
        and mention.places != other.places
    )
