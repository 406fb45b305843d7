"""Searching: what is live and answers a question, best first. Two queries at most, as a rule.

The first finds candidates in the full-text index, which Python ranks; the second fetches the cards
and the passages of one page of them. What ranking needs to know of a document that this process
has not come upon before takes one more. A process that finds the index changed since it last
looked reads the words that are new, and asks once more if that makes a difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import IS_DUE, write_instant
from calfcms.search import fulltext
from calfcms.search.held_profiles import get_profiles
from calfcms.search.matching import MOST, Matches, write_matches
from calfcms.search.questions import Question, read_question
from calfcms.search.ranking import Candidate, Ranked, rank
from calfcms.search.vocabulary import VERSION, Vocabulary, get_vocabulary, held

FEW: Final = 3
"""With fewer documents that have all of the words, those that have some of them are found too."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How far somebody has read an answer: how many documents, and which was the last."""

    count: int
    slug: str
    locale: str


@dataclass(frozen=True)
class Found:
    """Every document that was found, in the order of the answer."""

    question: Question
    ranked: Sequence[Ranked]
    version: int
    """The version of the index that this was found in."""

    def count_before(self, shown: Shown | None) -> int:
        """How many documents come before the next page.

        It goes on behind the last one that was shown, wherever that is now: what is published
        meanwhile may move every score a little. Where that one has gone, by the number of them.
        """
        if shown is None:
            return 0
        for position, one in enumerate(self.ranked):
            if (one.slug, one.locale) == (shown.slug, shown.locale):
                return position + 1
        return max(shown.count - 1, 0)


def search(text: str, card_filter: CardFilter, *, at: datetime) -> Found:
    """What is live and answers this. What is due at this moment is carried out first."""
    found, is_due = _search(text, card_filter, at)
    if is_due and catch_up(at=at):
        found = _search(text, card_filter, at)[0]
    return found


def get_version(*, at: datetime) -> tuple[int, bool]:
    """The version of the index, and whether something is due that may change it. One query."""
    [[version, is_due]] = fetch_rows(f"SELECT {VERSION}, {IS_DUE}", [write_instant(at)])
    return version, bool(is_due)


def _search(text: str, card_filter: CardFilter, at: datetime) -> tuple[Found, bool]:
    vocabulary = get_vocabulary()
    question, matches = _read(text, card_filter, vocabulary)
    version, is_due, candidates = _find(matches, card_filter, at)
    if version != vocabulary.version:
        question, renewed = _read(text, card_filter, held.renew())
        if renewed != matches:
            version, is_due, candidates = _find(renewed, card_filter, at)
    return Found(question, rank(question, candidates), version), is_due


def _read(text: str, card_filter: CardFilter, known: Vocabulary) -> tuple[Question, Matches]:
    lexicons = known.list_lexicons(kind=card_filter.kind, locale=card_filter.locale)
    question = read_question(text, lexicons)
    return question, write_matches(question)


def _find(
    matches: Matches, card_filter: CardFilter, at: datetime
) -> tuple[int, bool, list[Candidate]]:
    if not matches.strict and not matches.loose:
        return *get_version(at=at), []
    narrowed, values = _narrow(card_filter)
    bits = tuple(bit for bit, _ in matches.loose)
    sql = _compose(len(matches.strict), bits, narrowed, connection.vendor)
    parameters: list[Any] = []
    for match in (*matches.strict, *(match for _, match in matches.loose)):
        parameters += fulltext.list_parameters(match, values)
    rows = fetch_rows(sql, [*parameters, write_instant(at)])
    version, is_due = rows[0][:2]
    hits = {key: found for _, _, key, found in rows if key}
    profiles = get_profiles(list(hits))
    found = [Candidate(profile, hits[key]) for key, profile in profiles.items()]
    return version, bool(is_due), found


def _narrow(card_filter: CardFilter) -> tuple[str, list[Any]]:
    """Joins and conditions for what is asked beside kind and locale, which the lexemes tell."""
    if replace(card_filter, locale=None) == CardFilter(card_filter.kind):
        return "", []
    conditions, values = card_filter.write_conditions()
    conditions = ["p.id = f.rowid", "d.id = p.document_id", *conditions]
    tables = ["publishing_liveperiod p", "publishing_document d"]
    if card_filter.reads_edition:
        tables.append("publishing_edition e")
        conditions.append("e.id = p.edition_id")
    joins = "".join(f" CROSS JOIN {table}" for table in tables)
    return f"{joins} WHERE {' AND '.join(conditions)}", values


@lru_cache(maxsize=512)
def _compose(strict: int, loose: tuple[int, ...], narrowed: str, _vendor: str) -> str:
    """One row at least, with the version; then a row for each candidate."""
    find = fulltext.find(MOST, narrowed)
    find_more = fulltext.find(MOST, narrowed, only_if=_ARE_FEW)
    all_of = [f"SELECT s.rowid, -1 AS found FROM ({find}) s"] * strict  # noqa: S608
    some_of = [f"SELECT s.rowid, {bit} AS found FROM ({find_more}) s" for bit in loose]  # noqa: S608
    return (
        f"WITH strict AS MATERIALIZED ({' UNION '.join(all_of) or _NOTHING}), "  # noqa: S608
        f"loose AS MATERIALIZED ({' UNION '.join(some_of) or _NOTHING}), "
        "hits AS (SELECT h.rowid, CASE WHEN min(h.found) < 0 THEN -1 ELSE sum(h.found) END AS found"
        " FROM (SELECT * FROM strict UNION ALL SELECT * FROM loose) h GROUP BY h.rowid) "
        f"SELECT {VERSION}, {IS_DUE}, hits.rowid, hits.found "
        "FROM (SELECT 1) one LEFT JOIN hits ON 1 = 1"
    )


_ARE_FEW: Final = f"(SELECT count(*) FROM strict) < {FEW}"  # noqa: S608 - a constant
_NOTHING: Final = "SELECT 0 AS rowid, 0 AS found WHERE 1 = 0"
