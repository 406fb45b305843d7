"""What somebody asks, as the words to look for in each collection. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from calfcms.search.entries import write_name
from calfcms.search.languages import get_language, is_stop_word, list_terms
from calfcms.search.spelling import Spelling
from calfcms.search.synonyms import MAX_PHRASE, Phrase, Synonyms
from calfcms.search.words import Word, list_words

MAX_GROUPS: Final = 10
"""Words and phrases of a question that count: the ones that fewest documents have."""
SYNONYM_FACTOR: Final = 0.8
"""What a synonym counts, compared with the word itself."""


@dataclass(frozen=True)
class Lexicon:
    """What is known about the words of one collection."""

    key: int
    locale: str
    documents: int
    counts: Mapping[str, int]
    """How many documents have a term; one with several of its words may count more than once."""
    words: Mapping[str, int]
    """How many documents have a word."""
    synonyms: Synonyms

    @property
    def language(self) -> str:
        """The language of its documents."""
        return get_language(self.locale)

    @cached_property
    def spelling(self) -> Spelling:
        """What misspelt words are held against."""
        return Spelling({**dict.fromkeys(self.synonyms.words, 0), **self.words})

    def count(self, terms: Sequence[str]) -> int:
        """In how many documents one of these terms is, at most."""
        return min(sum(self.counts.get(term, 0) for term in terms), self.documents)

    def has(self, form: str) -> bool:
        """Whether a document has this word, in any form."""
        return any(self.counts.get(term) for term in list_terms(form, self.language))

    def knows(self, form: str) -> bool:
        """Whether it is a word, as far as documents and synonyms tell."""
        return form in self.synonyms.words or self.has(form)


Terms = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """A way to say what is looked for: for each of its words, the terms of which one will do."""

    words: tuple[Terms, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class Group:
    """A word or phrase of the question, with what may stand for it."""

    alternatives: tuple[Alternative, ...]
    documents: int
    """How many documents have it, at most."""

    @property
    def terms(self) -> frozenset[str]:
        """Every term that tells of it."""
        return frozenset(t for one in self.alternatives for terms in one.words for t in terms)


@dataclass(frozen=True)
class CollectionQuestion:
    """What is looked for in one collection."""

    lexicon: Lexicon
    groups: tuple[Group, ...]
    missing: int
    """How many words of the question no document here has, but one of another collection."""
    name: str
    """The question as names are indexed: maybe it is one."""


@dataclass(frozen=True)
class Question:
    """What is looked for, in every collection that is searched."""

    parts: tuple[CollectionQuestion, ...]
    corrected: str | None
    """The question that is answered instead, where words of it were misspelt."""


def read_question(text: str, lexicons: Sequence[Lexicon]) -> Question:
    """What this text asks, in terms of what these collections know."""
    words = list(list_words(text))
    corrections = dict(_list_corrections(words, lexicons))
    meant = [corrections.get(word.form, word.form) for word in words]
    known = {form for form in meant if any(lexicon.has(form) for lexicon in lexicons)}
    parts = [_read_part(meant, known, lexicon) for lexicon in lexicons]
    corrected = _write_corrected(text, words, corrections) if corrections else None
    return Question(tuple(part for part in parts if part.groups), corrected)


def _list_corrections(
    words: Sequence[Word], lexicons: Sequence[Lexicon]
) -> Iterator[tuple[str, str]]:
    for form in dict.fromkeys(word.form for word in words):
        if not any(is_stop_word(form, one.language) or one.knows(form) for one in lexicons):
            guesses = filter(None, (one.spelling.guess(form) for one in lexicons))
            if best := min(guesses, default=None):
                yield form, best[-1]


def _write_corrected(text: str, words: Sequence[Word], corrections: Mapping[str, str]) -> str:
    written, end = [], 0
    for word in words:
        written += [text[end : word.start], corrections.get(word.form, text[word.start : word.end])]
        end = word.end
    return "".join([*written, text[end:]])


def _read_part(meant: Sequence[str], known: set[str], lexicon: Lexicon) -> CollectionQuestion:
    language = lexicon.language
    telling = [form for form in dict.fromkeys(meant) if not is_stop_word(form, language)]
    found = list(_list_groups(telling, lexicon))
    groups = sorted((g for _, g in found if g.documents), key=lambda group: group.documents)
    missing = sum(not group.documents and not known.isdisjoint(own) for own, group in found)
    name = write_name(meant, language)
    return CollectionQuestion(lexicon, tuple(groups[:MAX_GROUPS]), missing, name)


def _list_groups(forms: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[Sequence[str], Group]]:
    """Words, and phrases that have synonyms, the longest first; with the words of each."""
    place = 0
    while place < len(forms):
        length, others = _find_phrase(forms[place:], lexicon)
        own = forms[place : place + length]
        itself = Alternative(tuple(list_terms(form, lexicon.language) for form in own))
        alternatives = (itself, *(_make_alternative(phrase) for phrase in others))
        counts = {one: _count(one, lexicon) for one in alternatives}
        found = tuple(one for one, count in counts.items() if count)
        yield own, Group(found, min(sum(counts.values()), lexicon.documents))
        place += length


def _find_phrase(forms: Sequence[str], lexicon: Lexicon) -> tuple[int, tuple[Phrase, ...]]:
    stems = [list_terms(form, lexicon.language)[0] for form in forms[:MAX_PHRASE]]
    for length in range(len(stems), 0, -1):
        if others := lexicon.synonyms.list_others(tuple(stems[:length])):
            return length, others
    return 1, ()


def _make_alternative(phrase: Phrase) -> Alternative:
    return Alternative(tuple((term,) for term in phrase), SYNONYM_FACTOR)


def _count(alternative: Alternative, lexicon: Lexicon) -> int:
    return min(lexicon.count(terms) for terms in alternative.words)
