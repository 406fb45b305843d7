"""Whom a finding can be asked: what is unknown rules nobody out."""

from typing import Any

import pytest

from tests.triage.core.builders import make_facts
from triage.core.applicability import Applicability


@pytest.mark.parametrize(
    ("limits", "person", "is_ruled_out"),
    [
        ({"sex": "female"}, {"sex": "male"}, True),
        ({"sex": "female"}, {"sex": "female"}, False),
        ({"sex": "female"}, {"sex": "other"}, False),
        ({"sex": "female"}, {}, False),
        ({"min_age_years": 16}, {"age_years": 15}, True),
        ({"min_age_years": 16}, {"age_years": 16}, False),
        ({"min_age_years": 16}, {"age_months": 20}, True),
        ({"min_age_years": 1}, {"age_months": 11}, True),
        ({"min_age_years": 1}, {"age_months": 12}, False),
        ({"min_age_years": 16}, {}, False),
        ({"max_age_years": 15}, {"age_years": 15}, False),
        ({"max_age_years": 15}, {"age_years": 16}, True),
        ({"max_age_years": 1}, {"age_months": 23}, False),
        ({"max_age_years": 1}, {"age_months": 24}, True),
        ({"sex": "female", "min_age_years": 12}, {"sex": "female", "age_years": 8}, True),
    ],
)
def test_it_rules_out_only_what_is_known(
    limits: dict[str, Any], person: dict[str, Any], is_ruled_out: bool
) -> None:
    assert Applicability(**limits).is_ruled_out_by(make_facts(**person)) is is_ruled_out


@pytest.mark.parametrize(
    "limits", [{}, {"min_age_years": 16, "max_age_years": 15}, {"min_age_years": -1}]
)
def test_it_refuses_limits_that_limit_nothing_or_nobody_meets(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"^(an applicability needs .* limit of age|ages run .*)$"):
        Applicability(**limits)  # type: ignore[arg-type]


def test_both_limits_may_be_the_same_year() -> None:
    one_year = Applicability(min_age_years=5, max_age_years=5)

    assert not one_year.is_ruled_out_by(make_facts(age_years=5))
    assert one_year.is_ruled_out_by(make_facts(age_years=6))


def test_ages_run_from_birth_to_the_highest_that_facts_may_have() -> None:
    assert Applicability(min_age_years=0, max_age_years=130).max_age_years == 130
    with pytest.raises(ValueError, match=r"^ages run from 0 to 130 years, the lower one first$"):
        Applicability(max_age_years=131)
