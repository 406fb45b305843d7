"""What the full-text index is asked for a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from calfcms.publishing.search_texts import Weight
from calfcms.search.entries import write_lexeme
from calfcms.search.fulltext import AllOf, AnyOf, Match, write_match
from calfcms.search.questions import Alternative, CollectionQuestion, Group, Question

MOST: Final = 100
"""Documents that one match brings at most, the newest ones."""


@dataclass(frozen=True)
class Matches:
    """Matches for documents that have all of the words, and for those that have some of them."""

    strict: tuple[str, ...] = ()
    loose: tuple[tuple[int, str], ...] = ()
    """Each with the bit of the group that it is for."""


def write_matches(question: Question) -> Matches:
    """What to ask for. Where a match may bring more than it may, a narrower one comes with it:
    documents that have the words in better places, of which there are fewer."""
    whole = [part for part in question.parts if not part.missing]
    most = sum(min(group.documents for group in part.groups) for part in whole)
    strict = [_match_all(whole, level) for level in _list_levels(most)] if whole else []
    several = [part for part in question.parts if part.missing or len(part.groups) > 1]
    return Matches(
        tuple(write_match(match) for match in strict),
        tuple((1 << place, write_match(match)) for place, match in _list_loose(several)),
    )


def _list_levels(documents: int) -> Sequence[Weight | None]:
    return (None,) if documents <= MOST else (Weight.TITLE, Weight.HEADING, None)


def _match_all(parts: Sequence[CollectionQuestion], level: Weight | None) -> Match:
    return AnyOf(
        tuple(
            AllOf(tuple(_match_group(group, part, level) for group in part.groups))
            for part in parts
        )
    )


def _list_loose(parts: Sequence[CollectionQuestion]) -> Iterator[tuple[int, Match]]:
    for place in range(max((len(part.groups) for part in parts), default=0)):
        here = [part for part in parts if len(part.groups) > place]
        most = sum(part.groups[place].documents for part in here)
        for level in (None,) if most <= MOST else (Weight.TITLE, None):
            matches = tuple(_match_group(part.groups[place], part, level) for part in here)
            yield place, AnyOf(matches)


def _match_group(group: Group, part: CollectionQuestion, level: Weight | None) -> Match:
    prefix = str(part.lexicon.key)
    return AnyOf(tuple(_match_one(one, prefix, level) for one in group.alternatives))


def _match_one(alternative: Alternative, prefix: str, level: Weight | None) -> Match:
    return AllOf(
        tuple(
            AnyOf(tuple(write_lexeme(term, prefix, level) for term in terms))
            for terms in alternative.words
        )
    )
