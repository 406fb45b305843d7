"""The ages that a protocol can tell apart, each once.

What is known of somebody's age is an interval of months, or nothing. A comparison looks only at
whether the interval lies above or below its number, so that ages which lie alike to every number
of the protocol are one class. There are as many classes as matter, and each has an age to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.core.facts import MAX_AGE_MONTHS, MAX_AGE_YEARS, MONTHS_PER_YEAR


@dataclass(frozen=True)
class AgeClass:
    """Ages that no rule tells apart, and the first of them as an example. Both None: unknown."""

    years: int | None
    months: int | None
    surely: frozenset[int]
    """The numbers of months that everybody in the class has reached."""

    possibly: frozenset[int]
    """The numbers of months that somebody in the class may have reached."""


def list_age_classes(numbers: Iterable[int]) -> tuple[AgeClass, ...]:
    """The classes that comparisons with these numbers of months make; unknown comes first."""
    wanted = sorted(set(numbers))
    ages = [AgeClass(None, None, frozenset(), frozenset(wanted))]
    for years in range(MAX_AGE_YEARS + 1):
        first = years * MONTHS_PER_YEAR
        ages.append(_place(wanted, first, first + MONTHS_PER_YEAR - 1, years=years))
    ages += [_place(wanted, months, months, months=months) for months in range(MAX_AGE_MONTHS + 1)]
    classes: dict[tuple[frozenset[int], frozenset[int]], AgeClass] = {}
    for age in ages:
        classes.setdefault((age.surely, age.possibly), age)
    return tuple(classes.values())


def _place(
    numbers: list[int], low: int, high: int, *, years: int | None = None, months: int | None = None
) -> AgeClass:
    return AgeClass(
        years,
        months,
        frozenset(number for number in numbers if low >= number),
        frozenset(number for number in numbers if high >= number),
    )
