"""One page of what was found: the cards, each with the passage that answers best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from calfcms.publishing.cards import Card, Position
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import read_instant, read_source_state
from calfcms.search.questions import CollectionQuestion, Question
from calfcms.search.ranking import Ranked, get_rarity
from calfcms.search.snippets import Snippet, SnippetMaker

SCALE: Final = 1_000
"""Weights of words are compared in the database as whole numbers, which no two of them round
differently."""


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
    """Their cards, in this order; without what was withdrawn since it was found. One query."""
    if not ranked:
        return []
    weights = _weigh(question)
    sql = _compose(tuple(len(terms) for terms, _ in weights), len(ranked), connection.vendor)
    values: list[Any] = [f" {term} " for terms, _ in weights for term in terms]
    for terms, weight in weights:
        values += [*(f" {term} " for term in terms), weight]
    keys = [one.key for one in ranked]
    rows = {row[0]: row for row in fetch_rows(sql, [*values, *keys, rendition])}
    makers = {part.lexicon.key: _get_maker(part) for part in question.parts}
    return [_read_card(rows[key], makers) for key in keys if key in rows]


def _get_maker(part: CollectionQuestion) -> SnippetMaker:
    terms = frozenset[str]().union(*(group.terms for group in part.groups))
    return SnippetMaker(terms, part.lexicon.language)


def _weigh(question: Question) -> list[tuple[tuple[str, ...], int]]:
    """The terms of each group, and what a passage is worth that has one of them."""
    weights: dict[tuple[str, ...], int] = {}
    for part in question.parts:
        for group in part.groups:
            rarity = get_rarity(group.documents, part.lexicon.documents)
            weights[tuple(sorted(group.terms))] = round(SCALE * rarity) + 1
    return list(weights.items())


def _read_card(row: Sequence[Any], makers: Mapping[int, SnippetMaker]) -> FoundCard:
    period, collection, slug, locale, digest, body, since, moved_at, withdrawn_at, part, text = row
    position = Position(read_instant(since), period)
    source = read_source_state(moved_at, withdrawn_at, as_of=None)
    card = Card(digest, position, slug, locale, bytes(body), source)
    return FoundCard(card, part, makers[collection].make(text))


@lru_cache(maxsize=512)
def _compose(counts: tuple[int, ...], keys: int, vendor: str) -> str:
    """Of each document the first passage that has all of the words, which is looked for until it is
    found; where there is none, the one with the most of them, rare ones before common ones."""
    find = "strpos" if vendor == "postgresql" else "instr"
    has = ["(" + " OR ".join([f"{find}(s.terms, %s) > 0"] * count) + ")" for count in counts]
    worth = " + ".join(f"CASE WHEN {one} THEN %s ELSE 0 END" for one in has)
    among = ", ".join(["%s"] * keys)
    passages = "SELECT s.position FROM search_passage s WHERE s.entry_id = n.period_id"
    return (
        "SELECT n.period_id, n.collection_id, n.slug, n.locale, r.digest, r.body, p.started_at, "  # noqa: S608
        "p.source_moved_at, p.source_withdrawn_at, t.part, t.text FROM search_entry n "
        "JOIN publishing_liveperiod p ON p.id = n.period_id AND p.ended_at IS NULL "
        "JOIN publishing_rendition r ON r.edition_id = p.edition_id "
        "JOIN search_passage t ON t.entry_id = n.period_id AND t.position = COALESCE("
        f"({passages} AND {' AND '.join(has)} ORDER BY s.position LIMIT 1), "
        f"({passages} ORDER BY {worth} DESC, s.position LIMIT 1)) "
        f"WHERE n.period_id IN ({among}) AND r.format = %s"
    )
