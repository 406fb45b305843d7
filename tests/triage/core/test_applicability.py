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
    with pytest.raises(ValueError, match=r"age"):
        Applicability(**limits)  # type: ignore[arg-type]
