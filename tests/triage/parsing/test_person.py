"""Age and sex: only where nobody else can be meant."""

import pytest

from triage.core.facts import Sex
from triage.parsing.person import read_person


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("63 year old woman", 63, Sex.FEMALE),
        ("A 45-year-old man with a cough", 45, Sex.MALE),
        ("I am 70 years old.", 70, None),
        ("It hurts. I'm a 19 yr old female", 19, Sex.FEMALE),
        ("8 years old boy", 8, Sex.MALE),
    ],
)
def test_it_reads_what_is_plain(text: str, age: int, sex: Sex | None) -> None:
    person = read_person(text)

    assert (person.age_years, person.sex) == (age, sex)


@pytest.mark.parametrize(
    "text",
    [
        "my 63 year old mother",
        "my mother is 63 years old",
        "10 years of pain",
        "I am 63 years old and my son. 12 year old boy",
        "150 years old",
        "1 year old girl",
        "63",
        "woman",
        "63 year old woman's husband",
        "I have been ill 3 years",
    ],
)
def test_it_leaves_out_what_is_not(text: str) -> None:
    person = read_person(text)

    assert (person.age_years, person.sex) == (None, None)
