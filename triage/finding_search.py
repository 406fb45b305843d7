"""Finding a finding by lay words, also misspelt ones. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

ALIKE = 0.75
"""The least likeness of a misspelt word to the word that was meant, from 0 to 1."""

Json = Mapping[str, Any]
Likenesses = Mapping[str, float]
"""How like the wanted word each word of the vocabulary is, from 0 to 1; unlike ones left out."""


def search_findings(findings: Sequence[Json], query: str) -> list[Json]:
    """The findings in which every word of the query occurs, best first.

    A word counts where it begins another, or is spelt nearly like it.
    """
    texts = [_list_finding_words(finding) for finding in findings]
    vocabulary = frozenset().union(*texts)
    wanted = [_list_likenesses(word, vocabulary) for word in dict.fromkeys(_list_words(query))]
    scored = [(_score(words, wanted), place) for place, words in enumerate(texts)]
    hits = sorted((-score, place) for score, place in scored if score > 0)
    return [findings[place] for _, place in hits]


def _list_finding_words(finding: Json) -> frozenset[str]:
    texts = [finding["id"], finding["phrase"], finding["question"], *finding["synonyms"]]
    return frozenset(_list_words(" ".join(texts)))


def _list_likenesses(wanted: str, vocabulary: frozenset[str]) -> Likenesses:
    """Worked out once for each word, in how many findings it may be."""
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    likenesses = {have: _compare(wanted, have, matcher) for have in vocabulary}
    return {have: likeness for have, likeness in likenesses.items() if likeness > 0}


def _score(words: frozenset[str], wanted: Sequence[Likenesses]) -> float:
    """The sum of the best likeness of each word; 0 where a word is missing."""
    best = [max((found[word] for word in words & found.keys()), default=0.0) for found in wanted]
    return sum(best) if best and min(best) > 0 else 0.0


def _compare(wanted: str, have: str, matcher: SequenceMatcher[str]) -> float:
    if have.startswith(wanted):
        return 1.0 if have == wanted else 0.9
    if len(wanted) <= 3:
        return 0.0
    matcher.set_seq1(have)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    likeness = matcher.ratio()
    return likeness if likeness >= ALIKE else 0.0


def _list_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
