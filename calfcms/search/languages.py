"""The languages that search knows: their stems, and the words that tell nothing. Pure.

A word of a language without a stemmer is its own stem.
"""

from functools import cache, lru_cache
from typing import Final, Protocol

import Stemmer

from calfcms.search.stop_words import STOP_WORDS
from calfcms.search.words import fold_accents

ANALYSIS: Final = 3
"""Raise it whenever words come out differently: what was indexed before is then indexed anew."""

_NAMES: Final = """
    arabic:ar armenian:hy basque:eu catalan:ca czech:cs danish:da dutch:nl english:en
    estonian:et finnish:fi french:fr german:de greek:el hindi:hi hungarian:hu indonesian:id
    irish:ga italian:it lithuanian:lt nepali:ne norwegian:nb/nn/no persian:fa polish:pl
    portuguese:pt romanian:ro russian:ru serbian:sr spanish:es swedish:sv tamil:ta turkish:tr
    yiddish:yi
"""
"""Snowball's name for each algorithm, and the languages that it is for."""
_ALGORITHMS: Final = {
    language: name
    for name, languages in (entry.split(":") for entry in _NAMES.split())
    for language in languages.split("/")
}


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - as Snowball calls it


def get_language(locale: str) -> str:
    """The language of a locale: `en` of `en-GB`."""
    return locale.partition("-")[0]


def is_stop_word(form: str, language: str) -> bool:
    """Whether the word says nothing about what a text is about."""
    return fold_accents(form) in STOP_WORDS.get(language, ())


@lru_cache(maxsize=131_072)
def list_terms(form: str, language: str) -> tuple[str, ...]:
    """The stems under which a word is indexed and looked for, the proper one first.

    People leave accents out, and stemmers need them: so the stem of the word is taken as it is
    written, and that of the word without its accents.
    """
    stemmer = _get_stemmer(language)
    if stemmer is None:
        return (fold_accents(form),)
    bare = fold_accents(form)
    proper = fold_accents(stemmer.stemWord(form))
    plain = proper if bare == form else fold_accents(stemmer.stemWord(bare))
    return (proper,) if plain == proper else (proper, plain)


@cache
def _get_stemmer(language: str) -> _Stems | None:
    algorithm = _ALGORITHMS.get(language)
    # No cache of its own: `list_terms` has one. It runs under the interpreter's lock.
    return Stemmer.Stemmer(algorithm, 0) if algorithm else None
