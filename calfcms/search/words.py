"""Words of a text in any script, and the form in which they are compared. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MAX_LENGTH: Final = 40
"""Characters of a word that count: whatever is longer is no word that anybody looks for."""

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_IGNORED: Final = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u00ad\ufeff"))
# Hindi is typed with and without the dot below, and with either sign for a nasal.
_DEVANAGARI: Final = str.maketrans({"\u093c": None, "\u0901": "\u0902"})


def _write_marks() -> str:
    """The combining marks of the basic plane as ranges of a character class.

    Python counts them as no part of a word; without them, Hindi falls apart.
    """
    marks = {n for n in range(0x300, 0x10000) if unicodedata.category(chr(n))[0] == "M"}
    starts = sorted(n for n in marks if n - 1 not in marks)
    ends = sorted(n for n in marks if n + 1 not in marks)
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


# Chinese and Japanese put no spaces between words: there, each character is one.
_ALONE: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTERS: Final = rf"(?:[^\W_{_ALONE}]+|[{_write_marks()}\u200c\u200d\u00ad]+)+"
_WORD: Final = re.compile(rf"{_LETTERS}(?:['’]s(?![^\W_]))?|[{_ALONE}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text."""

    start: int
    end: int
    form: str
    """As it is compared: one way of writing, small letters, no possessive; accents are kept."""


def list_words(text: str) -> Iterator[Word]:
    """The words of a text, in their order."""
    for match in _WORD.finditer(text):
        if form := normalise(match[0]):
            yield Word(match.start(), match.end(), form)


def list_forms(text: str) -> list[str]:
    """The words of a text as they are compared, in their order."""
    return [form for word in _WORD.findall(text) if (form := normalise(word))]


@lru_cache(maxsize=131_072)
def normalise(word: str) -> str:
    """The form of a word that is compared, at most `MAX_LENGTH` long."""
    if word.isascii():
        return word.lower().removesuffix("'s")[:MAX_LENGTH]
    small = unicodedata.normalize("NFKC", word.translate(_IGNORED)).casefold()
    decomposed = unicodedata.normalize("NFD", small).translate(_DEVANAGARI)
    form = unicodedata.normalize("NFC", decomposed.replace("’", "'").removesuffix("'s"))
    # Compatibility forms may have brought in what is neither letter, mark nor digit.
    return "".join(c for c in form if unicodedata.category(c)[0] in "LMN")[:MAX_LENGTH]


def fold_accents(word: str) -> str:
    """The word without the accents of Latin, Greek and Cyrillic; other scripts keep their marks."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))
