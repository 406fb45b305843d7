"""Words and phrases that people use for one another. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from calfcms.search.languages import get_language, is_stop_word, list_terms
from calfcms.search.words import list_forms

MAX_PHRASE: Final = 5
"""Words of a phrase that tell something; a longer one is a sentence, and nobody types that."""

Phrase = tuple[str, ...]
"""The stems of a word or phrase, stop words left out."""


@dataclass(frozen=True)
class Synonyms:
    """What else may stand for a phrase, in one locale."""

    others: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Every word in them: none of these is misspelt."""

    def list_others(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """What may stand for this phrase, itself left out."""
        return self.others.get(phrase, ())


def join_synonyms(groups: Iterable[tuple[str, Sequence[str]]], *, locale: str) -> Synonyms:
    """The synonyms for a locale, of groups that each have a locale: its own, or its language."""
    language = get_language(locale)
    others: dict[Phrase, dict[Phrase, None]] = {}
    words: set[str] = set()
    for group_locale, texts in groups:
        if group_locale not in (locale, language):
            continue
        phrases = [read_phrase(text, language) for text in texts]
        words.update(form for text in texts for form in list_forms(text))
        for phrase in filter(None, phrases):
            theirs = others.setdefault(phrase, {})
            theirs.update(dict.fromkeys(p for p in phrases if p and p != phrase))
    found = {phrase: tuple(theirs) for phrase, theirs in others.items()}
    return Synonyms(found, frozenset(words))


def read_phrase(text: str, language: str) -> Phrase:
    """The stems of a text; nothing where it has only stop words."""
    telling = [form for form in list_forms(text) if not is_stop_word(form, language)]
    return tuple(list_terms(form, language)[0] for form in telling[:MAX_PHRASE])
