"""What was answered how often, as far as it singles nobody out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Count

from calfcms.urgency import Urgency
from triage.models import LoggedEvaluation

FEWEST: Final = 5
"""Smaller counts are not told."""

Told = int | None


@dataclass
class EditionCounts:
    """How often an edition was asked, what it answered, and which rules were true."""

    evaluations: int = 0
    urgencies: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)


def count_evaluations(protocol: str, *, since: date) -> dict[tuple[str, int], EditionCounts]:
    """By locale and edition, in their order. One query; the database counts what is alike."""
    rows = (
        LoggedEvaluation.objects.filter(protocol=protocol, day__gte=since)
        .values_list("locale", "edition", "urgency", "rules")
        .annotate(Count("id"))
        .order_by("locale", "edition")
    )
    counts: defaultdict[tuple[str, int], EditionCounts] = defaultdict(EditionCounts)
    for locale, edition, urgency, rules, number in rows:
        of_edition = counts[locale, edition]
        of_edition.evaluations += number
        of_edition.urgencies[urgency] += number
        of_edition.rules.update(dict.fromkeys(rules, number))
    return dict(counts)


def tell(number: int) -> Told:
    """None for fewer than `FEWEST`."""
    return number if number >= FEWEST else None


def tell_urgencies(counts: Mapping[str, int]) -> dict[str, Told]:
    """Every level. Where just one would be left out, so is the smallest of the others: else a
    subtraction would tell.
    """
    told = {level.value: tell(counts.get(level.value, 0)) for level in Urgency}
    shown = [level for level, number in told.items() if number is not None]
    if len(shown) == len(told) - 1:
        told[min(shown, key=lambda level: counts[level])] = None
    return told
