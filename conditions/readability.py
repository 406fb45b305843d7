"""How long a text takes to read, and in English how hard it is: the Flesch–Kincaid grade.

A hint for authors, never a reason to refuse. Kincaid et al. 1975: a US school grade from the length
of sentences and words. It knows nothing of meaning, and a list of short words reads as easy.
"""

import re
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Final

import pyphen

WORDS_PER_MINUTE: Final = 200
"""A careful reader's pace; adults average 238 in English non-fiction (Brysbaert 2019)."""
MIN_WORDS: Final = 20
"""A grade of fewer words says more about chance than about the text."""

# Chinese and Japanese put no spaces between words: there, each character counts.
_CHARACTER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(rf"[{_CHARACTER}]|[^\s{_CHARACTER}—–/]+")
_LIST_MARK: Final = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+", re.MULTILINE)
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[।。！？]|\n+")
_ABBREVIATION: Final = re.compile(
    r"\b(?:e\.g|i\.e|approx|vs|Dr|Mr|Mrs|Ms|Prof|St|Fig)\.(?=\s+\S)", re.IGNORECASE
)
_VOWELS: Final = re.compile(r"[aeiouyàâäáéèêëíìîïóòôöúùûü]+")
_SILENT: Final = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouy]l)e|(?<=[^aeiouytd])ed|(?<=[^aeiouyscxzgh])es)$"
)


@dataclass(frozen=True)
class Readability:
    """What can be counted in a text."""

    words: int
    sentences: int
    grade: float | None
    """US school grade; None in other languages than English, or in too few words to say."""
    minutes: int
    """Rounded up; 0 only where there is nothing to read."""

    @property
    def reading_age(self) -> int | None:
        """The age at which pupils reach that grade."""
        return None if self.grade is None else round(self.grade) + 5


def measure(text: str, locale: str) -> Readability:
    """Count plain text (Markdown: `markdown.to_text` first). Each line ends a sentence."""
    text = _LIST_MARK.sub("", text)
    words = _list_words(text)
    sentences = sum(1 for sentence in _list_sentences(text) if _list_words(sentence))
    return Readability(
        words=len(words),
        sentences=sentences,
        grade=_compute_grade(words, sentences) if _is_english(locale) else None,
        minutes=ceil(len(words) / WORDS_PER_MINUTE),
    )


def count_syllables(word: str) -> int:
    """How many syllables an English word has, give or take one.

    Hyphenation points miss syllables of a single letter, groups of vowels miss those that meet
    (`cre-ate`), so the larger count of the two is taken.
    """
    spoken = _keep_letters(word).lower()
    groups = len(_VOWELS.findall(spoken)) - bool(_SILENT.search(spoken))
    return max(1, groups, len(_get_hyphenation().positions(spoken)) + 1)


def _compute_grade(words: list[str], sentences: int) -> float | None:
    if len(words) < MIN_WORDS:
        return None
    syllables = sum(count_syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return round(max(0.0, grade), 1)


def _list_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if any(letter.isalnum() for letter in word)]


def _list_sentences(text: str) -> list[str]:
    unabbreviated = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return _SENTENCE_END.split(unabbreviated)


def _keep_letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalpha())


def _is_english(locale: str) -> bool:
    return locale.split("-")[0] == "en"


@cache
def _get_hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
