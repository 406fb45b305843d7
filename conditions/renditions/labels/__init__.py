"""The fixed words around a page's own text, one set for each language."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from calfcms.urgency import Urgency
from conditions.renditions.labels.english import ENGLISH
from conditions.renditions.labels.hindi import HINDI
from conditions.renditions.labels.spanish import SPANISH
from conditions.renditions.labels.words import Labels as Labels

LABELS: Final[Mapping[str, Labels]] = {"en": ENGLISH, "es": SPANISH, "hi": HINDI}
"""The languages that there are words for."""


def get_labels(locale: str) -> Labels:
    """The labels for a locale's language. English where nobody has translated them yet."""
    return LABELS.get(locale.partition("-")[0], ENGLISH)


def group_by_urgency(flags: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Red flags by level, the most urgent first, within a level as the author ordered them."""
    levels = sorted({flag["urgency"] for flag in flags}, key=lambda level: -Urgency(level).rank)
    return [(level, [flag for flag in flags if flag["urgency"] == level]) for level in levels]
