"""Finding a finding by lay words, also misspelt ones. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

ALIKE = 0.75
"""The least likeness of a misspelt word to the word that was meant, from 0 to 1."""

Json = Mapping[str, Any]


def search_findings(findings: Sequence[Json], query: str) -> list[Json]:
    """The findings in which every word of the query occurs, best first.

    A word counts where it begins another, or is spelt nearly like it.
    """
    wanted = _list_words(query)
    scored = [(_score(finding, wanted), place) for place, finding in enumerate(findings)]
    hits = sorted((-score, place) for score, place in scored if score > 0)
    return [findings[place] for _, place in hits]


def _score(finding: Json, wanted: Sequence[str]) -> float:
    """The sum of the best likeness of each word; 0 where a word is missing."""
    words = _list_words(
        " ".join([finding["id"], finding["phrase"], finding["question"], *finding["synonyms"]])
    )
    likenesses = [max((_compare(word, have) for have in words), default=0.0) for word in wanted]
    return sum(likenesses) if likenesses and min(likenesses) > 0 else 0.0


def _compare(wanted: str, have: str) -> float:
    if have.startswith(wanted):
        return 1.0 if have == wanted else 0.9
    likeness = SequenceMatcher(None, wanted, have, autojunk=False).ratio()
    return likeness if len(wanted) > 3 and likeness >= ALIKE else 0.0


def _list_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
