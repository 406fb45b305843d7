"""What the index holds about one document, from its texts. Pure: same texts, same entry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from calfcms.publishing.search_texts import SearchText, Weight
from calfcms.search.languages import is_stop_word, list_terms
from calfcms.search.words import list_forms, list_words

OFTEN: Final = (4, 12)
"""A word that is said this often, or this, is what the document is about, and counts for more."""
PASSAGE_LENGTH: Final = 400
"""Characters; words that stand in one passage are near each other."""
LEVELS: Final = (Weight.HEADING, Weight.TITLE)
"""Weights at which a term is indexed once more, so that the index alone finds the best."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?।。])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that a snippet can be taken from, in one line."""

    part: str
    text: str
    terms: str
    """Its terms with the places of their words, so that ` term@` is found: ` gout@0-4,30-34 `."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index has it."""

    length: int
    """How many different words it has."""
    levels: str
    """The terms above `Weight.TEXT` or said often: the level, and how often, as ` term=31 `."""
    names: str
    """What it is called, each name as its stems between bars: `|calf pain|sore calf|`."""
    lexemes: tuple[str, ...]
    """What the full-text index finds it by, sorted."""
    words: Mapping[str, tuple[str, ...]]
    """Every word in it, with its terms: the vocabulary that misspelt words are held against."""
    passages: tuple[Passage, ...]


def index_document(texts: Iterable[SearchText], *, language: str, prefix: str) -> IndexedDocument:
    """What the index holds about a document with these texts.

    `prefix` keeps apart the terms of kinds and locales, which share one full-text index.
    """
    found = [(text, list_forms(text.text)) for text in texts]
    counts = Counter(form for _, forms in found for form in forms)
    words = {
        form: list_terms(form, language) for form in counts if not is_stop_word(form, language)
    }
    levels = _find_levels(found, words)
    return IndexedDocument(
        length=len(words),
        levels=_write_levels(levels, _count_terms(counts, words)),
        names=_write_names(found, language),
        lexemes=tuple(sorted(_list_lexemes(levels, prefix))),
        words=words,
        passages=tuple(_list_passages([text for text, _ in found], words)),
    )


def write_lexeme(term: str, prefix: str, level: Weight | None = None) -> str:
    """A term as the full-text index has it, or as it has it for documents at that level."""
    return f"{prefix}:{term}" if level is None else f"{prefix}:{term}/{level:d}"


_Found = Sequence[tuple[SearchText, Sequence[str]]]
_Terms = Mapping[str, Sequence[str]]
"""The terms of each word that tells something."""


def _find_levels(found: _Found, words: _Terms) -> dict[str, int]:
    of_forms: dict[str, int] = {}
    for weight in Weight:  # the higher ones last
        for text, forms in found:
            if text.weight == weight:
                of_forms.update(dict.fromkeys(forms, int(weight)))
    levels: dict[str, int] = {}
    for form, terms in words.items():
        for term in terms:
            levels[term] = max(levels.get(term, 0), of_forms[form])
    return levels


def _count_terms(counts: Mapping[str, int], words: _Terms) -> Mapping[str, int]:
    said: Counter[str] = Counter()
    for form, terms in words.items():
        for term in terms:
            said[term] += counts[form]
    return said


def _write_levels(levels: Mapping[str, int], said: Mapping[str, int]) -> str:
    written = []
    for term, level in sorted(levels.items()):
        often = sum(said[term] >= count for count in OFTEN)
        if level > Weight.TEXT or often:
            written.append(f" {term}={level:d}{often:d}")
    return "".join(written) + " "


def _list_lexemes(levels: Mapping[str, int], prefix: str) -> Iterator[str]:
    for term, reached in levels.items():
        yield write_lexeme(term, prefix)
        for level in LEVELS:
            if reached >= level:
                yield write_lexeme(term, prefix, level)


def _write_names(found: _Found, language: str) -> str:
    names = [write_name(forms, language) for text, forms in found if text.weight == Weight.NAME]
    return "".join(f"|{name}" for name in dict.fromkeys(names) if name) + "|"


def write_name(forms: Iterable[str], language: str) -> str:
    """A name, or a question that may be one, as its stems: here every word counts."""
    return " ".join(list_terms(form, language)[0] for form in forms)


def _list_passages(texts: Sequence[SearchText], words: _Terms) -> Iterator[Passage]:
    """Names and titles come last: a reader has them before the snippet already."""
    texts = sorted(texts, key=lambda text: text.weight >= Weight.TITLE)
    for _, group in groupby(enumerate(texts), lambda one: _get_place(*one)):
        together = [text for _, text in group]
        for stretch in _split("\n".join(_write_sentence(text) for text in together)):
            if terms := write_places(stretch, words):
                yield Passage(together[0].part, stretch, terms)


def write_places(stretch: str, words: _Terms) -> str:
    """The terms of a stretch of text, each with the places of its words, as passages have them."""
    places: dict[str, list[str]] = {}
    for word in list_words(stretch):
        for term in words.get(word.form, ()):
            places.setdefault(term, []).append(f"{word.start}-{word.end}")
    listed = [f" {term}@{','.join(found)}" for term, found in sorted(places.items())]
    return "".join(listed) + " " if listed else ""


def _get_place(position: int, text: SearchText) -> tuple[str, int]:
    """What is shown together: the texts of one part, but each name for itself."""
    return text.part, 0 if text.weight < Weight.TITLE else position + 1


def _write_sentence(text: SearchText) -> str:
    """A headline is told from the text that follows it."""
    line = text.text.strip()
    return f"{line}:" if text.weight == Weight.HEADING and line[-1:].isalnum() else line


def _split(text: str) -> Iterator[str]:
    """Stretches of whole sentences; a longer sentence is one of its own."""
    passage = ""
    for sentence in _SENTENCE_END.split(text):
        line = " ".join(sentence.split())
        if passage and len(passage) + len(line) >= PASSAGE_LENGTH:
            yield passage
            passage = ""
        passage = f"{passage} {line}".strip()
    if passage:
        yield passage
