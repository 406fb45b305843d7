"""How long ago something was, and how long it has lasted, as far as a text says so plainly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from triage.parsing import english
from triage.parsing.tokens import Token

_YEAR: Final = re.compile(r"(19|20)\d\d")
_LONG_AGO: Final = 100 * 365


@dataclass(frozen=True, slots=True)
class Lasting:
    """A time that something has lasted, and the places of the words that say so."""

    days: int
    places: tuple[int, ...]


def count_days_ago(tokens: Sequence[Token]) -> int | None:
    """The days since then: 'three weeks ago', 'last year', 'in 2015'. None where none is said."""
    forms = [token.form for token in tokens]
    if "since" in forms or ("for" in forms and "ago" not in forms):
        return None
    for place, form in enumerate(forms):
        days = english.DAYS.get(form.removesuffix("s"))
        before = forms[place - 1] if place else ""
        if days and "ago" in forms[place + 1 : place + 2]:
            return _read_number(before) * days
        if days and before == "last":
            return days
        if _YEAR.fullmatch(form):
            return _LONG_AGO
    return None


def find_lasting(tokens: Sequence[Token]) -> Lasting | None:
    """For how long it has been so: 'for three weeks'. None where nothing is said."""
    forms = [token.form for token in tokens]
    for place in range(2, len(forms)):
        unit = english.DAYS.get(forms[place].removesuffix("s"))
        if unit and forms[place - 2] == "for" and "ago" not in forms:
            days = _read_number(forms[place - 1], unknown=0) * unit
            return Lasting(days, (place - 2, place - 1, place))
    return None


def _read_number(form: str, unknown: int = 10) -> int:
    if form.isdigit():
        return min(int(form[:4]), _LONG_AGO)
    return english.NUMBERS.get(form, unknown)
