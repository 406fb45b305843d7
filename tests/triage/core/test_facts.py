"""What may be said about a person, and what it means for age and sex."""

from typing import Any

import pytest

from triage.core.facts import Facts, FactsError, Interval, Presence, Sex
from triage.core.truth import Truth


@pytest.mark.parametrize(
    ("person", "months", "years"),
    [
        ({"age_years": 0}, (0, 11), (0, 0)),
        ({"age_years": 16}, (192, 203), (16, 16)),
        ({"age_months": 0}, (0, 0), (0, 0)),
        ({"age_months": 23}, (23, 23), (1, 1)),
        ({"age_months": 24}, (24, 24), (2, 2)),
    ],
)
def test_an_age_is_an_interval_of_completed_months(
    person: dict[str, int], months: tuple[int, int], years: tuple[int, int]
) -> None:
    facts = Facts(**person)  # type: ignore[arg-type]

    assert facts.get_age("age_months") == Interval(*months)
    assert facts.get_age("age_years") == Interval(*years)


def test_an_age_not_given_is_unknown() -> None:
    assert Facts().get_age("age_years") is None


@pytest.mark.parametrize(
    ("sex", "expected"),
    [
        (Sex.MALE, Truth.TRUE),
        (Sex.FEMALE, Truth.FALSE),
        (Sex.OTHER, Truth.UNKNOWN),
        (Sex.UNKNOWN, Truth.UNKNOWN),
    ],
)
def test_only_male_and_female_settle_a_comparison_of_sex(sex: Sex, expected: Truth) -> None:
    assert Facts(sex=sex).match_sex("male") is expected


@pytest.mark.parametrize(
    "given",
    [
        {"age_years": -1},
        {"age_years": 131},
        {"age_years": True},
        {"age_months": 1.5},
        {"age_years": 1, "age_months": 12},
        {"sex": "f"},
        {"findings": {"a": "yes"}},
        {"findings": {"a": None}},
    ],
)
def test_it_refuses(given: dict[str, Any]) -> None:
    with pytest.raises(FactsError):
        Facts(**given)


def test_facts_do_not_change_with_the_dictionary_they_came_from() -> None:
    answers = {"a": Presence.PRESENT}
    facts = Facts(answers)

    answers["a"] = Presence.ABSENT

    assert facts.findings["a"] is Presence.PRESENT


def test_an_interval_runs_upwards() -> None:
    with pytest.raises(ValueError, match="down to"):
        Interval(2, 1)


@pytest.mark.parametrize(
    ("given", "member", "message"),
    [
        ({"age_years": 131}, "age_years", "must be a whole number from 0 to 130"),
        ({"age_months": 1572}, "age_months", "must be a whole number from 0 to 1571"),
        (
            {"age_years": 1, "age_months": 12},
            "age_months",
            "give age_years or age_months, not both",
        ),
        ({"sex": "f"}, "findings or sex", "'f' is not a valid Sex"),
    ],
)
def test_what_is_refused_says_which_input_is_at_fault(
    given: dict[str, Any], member: str, message: str
) -> None:
    with pytest.raises(FactsError) as refused:
        Facts(**given)

    assert refused.value.member == member
    assert str(refused.value) == f"{member}: {message}"


def test_the_highest_ages_are_taken() -> None:
    assert Facts(age_years=130).age_years == 130
    assert Facts(age_months=1571).age_months == 1571


def test_an_interval_may_be_one_number() -> None:
    assert Interval(2, 2).low == Interval(2, 2).high == 2
