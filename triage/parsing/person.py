"""Age and sex, where a text says them so plainly that nobody else can be meant."""

import re
from dataclasses import dataclass
from typing import Final

from triage.core.facts import MAX_AGE_YEARS, Sex

_SEXES: Final = {
    "woman": Sex.FEMALE,
    "lady": Sex.FEMALE,
    "female": Sex.FEMALE,
    "girl": Sex.FEMALE,
    "man": Sex.MALE,
    "gentleman": Sex.MALE,
    "male": Sex.MALE,
    "boy": Sex.MALE,
}
_PERSON: Final = re.compile(
    r"(?P<opening>^|[.!?]\s+|\bI(?:['’]m| am)\s+)(?:an?\s+)?"
    r"(?P<age>\d{1,3})[\s-]*(?:years?|yrs?|yo)\b(?:[\s-]*old)?"
    rf"(?:\s+(?P<sex>{'|'.join(_SEXES)})\b)?(?!['’]s|\s+\w+['’]s)",
    re.IGNORECASE,
)
_LEAST_AGE: Final = 2
"""In years; younger children's age is told in months."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a text is about, with the places of the words that say so."""

    age_years: int | None = None
    sex: Sex | None = None
    age_span: tuple[int, int] = (0, 0)
    sex_span: tuple[int, int] = (0, 0)


def read_person(text: str) -> Person:
    """'63 year old woman', 'I am 63 years old'. Nothing where several are spoken of."""
    found = list(_PERSON.finditer(text))
    if len(found) != 1:
        return Person()
    [match] = found
    age = int(match["age"])
    if not _LEAST_AGE <= age <= MAX_AGE_YEARS or _is_a_duration(match):
        return Person()
    sex = _SEXES[match["sex"].lower()] if match["sex"] else None
    return Person(age, sex, (match.start("age"), _end_of_age(match)), match.span("sex"))


def _is_a_duration(match: re.Match[str]) -> bool:
    """'10 years of pain' is no age: it takes 'old', a sex, or 'I am' to make it one."""
    said = match[0].lower()
    return not (
        match["sex"] or "old" in said or "yo" in said or match["opening"].strip().lower()[:1] == "i"
    )


def _end_of_age(match: re.Match[str]) -> int:
    return len(match.string[: match.start("sex") if match["sex"] else match.end()].rstrip())
