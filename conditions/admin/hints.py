"""How a page reads: words, minutes and reading age, with advice. Hints, never refusals. Pure."""

from typing import Any, Final

from conditions.content import Content, walk_bodies
from conditions.markdown import to_text
from conditions.readability import Readability, measure

TARGET_READING_AGE: Final = 11
"""Health information is to be readable at 9 to 11 (NHS service manual)."""
LONG_SUMMARY: Final = 120  # words
LONG_TEXT: Final = 400  # words


def describe_reading(content: Content) -> dict[str, Any]:
    """The hints for the whole page and for each text, by JSON pointer."""
    texts = {pointer: to_text(body) for pointer, body in walk_bodies(content)}
    locale = content["locale"]
    return {
        "page": _describe(measure("\n\n".join(texts.values()), locale), limit=None),
        "texts": {
            pointer: _describe(measure(text, locale), limit=_get_limit(pointer))
            for pointer, text in texts.items()
            if text
        },
    }


def _get_limit(pointer: str) -> int:
    return LONG_SUMMARY if pointer == "/summary" else LONG_TEXT


def _describe(found: Readability, *, limit: int | None) -> dict[str, Any]:
    return {
        "words": found.words,
        "minutes": found.minutes,
        "reading_age": found.reading_age,
        "advice": _advise(found, limit),
    }


def _advise(found: Readability, limit: int | None) -> str:
    advice = []
    if found.reading_age is not None and found.reading_age > TARGET_READING_AGE:
        advice.append(f"Shorter sentences and words help: aim for {TARGET_READING_AGE} or less.")
    if limit and found.words > limit:
        advice.append(f"Long: consider fewer than {limit} words, or parts of its own.")
    return " ".join(advice)
