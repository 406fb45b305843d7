"""Which word was meant, where no document has the one that was typed. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from calfcms.search.words import fold_accents

_ALLOWED: Final = ((4, 0), (7, 1), (11, 2))
"""Below this length of a word, that many letters may be missing, wrong or swapped."""
_MOST: Final = 3

Guess = tuple[int, bool, int, str]
"""How many mistakes; whether it begins differently; minus the documents that have it; the word.
The least one is the best."""


class Spelling:
    """The words that there are, each with the number of documents that have it."""

    def __init__(self, documents: Mapping[str, int]) -> None:
        self._words: Sequence[str] = sorted(documents)
        self._documents = documents
        self._bare = [fold_accents(word) for word in self._words]

    def guess(self, word: str) -> Guess | None:
        """The most likely word that is spelt almost like this one; None where there is none."""
        bare = fold_accents(word)
        allowed = next((most for length, most in _ALLOWED if len(bare) < length), _MOST)
        if not allowed or bare.isdigit():
            return None
        found = process.extract(
            bare, self._bare, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        )
        return min((self._rank(bare, int(n), place) for _, n, place in found), default=None)

    def _rank(self, bare: str, mistakes: int, place: int) -> Guess:
        word = self._words[place]
        begins_differently = self._bare[place][:1] != bare[:1]
        return mistakes, begins_differently, -self._documents[word], word
