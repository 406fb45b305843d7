"""Locales (BCP 47 in its simple form), and which ones a reader would like best."""

import re
from functools import lru_cache

from calfcms.api.quality import parse_quality_list

PATTERN = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
_LOCALE = re.compile(PATTERN, re.ASCII)
_RANGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.ASCII | re.IGNORECASE)
MAX_RANGES = 8
"""A reader's later wishes are not looked up: they only make the query longer."""


def parse_locale(given: str) -> str:
    """The locale, written as it is stored. Raises `ValueError` with a sentence."""
    if not _LOCALE.fullmatch(given):
        raise ValueError(f"'{given[:80]}' is not a locale such as en, en-GB or zh-Hant-TW.")
    return given


@lru_cache(maxsize=512)
def list_accepted_locales(accept_language: str, default: str) -> tuple[str, ...]:
    """The locales to look for, best first: those of `Accept-Language`, then the default.

    As RFC 4647 looks up: `en-GB` also stands for `en`. After that, `en-*` stands for any other
    locale of the language.
    """
    wishes: list[str] = []
    for given, quality in parse_quality_list(accept_language):
        if quality > 0 and _RANGE.fullmatch(given):
            wishes += _expand(given)
        elif quality > 0 and given == "*":
            wishes.append(default)
    return tuple(dict.fromkeys([*wishes[:MAX_RANGES], default]))


def _expand(given: str) -> list[str]:
    language, *rest = given.split("-")
    subtags = [language.lower(), *(_write_subtag(subtag) for subtag in rest)]
    shorter = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    return [*shorter, f"{subtags[0]}-*"]


def _write_subtag(subtag: str) -> str:
    return subtag.title() if len(subtag) == 4 else subtag.upper()
