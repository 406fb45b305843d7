"""What case sets refuse, and the one form that they bring cases to."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.triage.examples import CASES, make_case_set, make_draft
from triage.case_definition import CaseDefinition

FIRE = CASES["fire"]


def list_faults(**changes: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        make_draft(**changes)
    return str(refusal.value)


def read(**changes: Any) -> CaseDefinition:
    return CaseDefinition.model_validate(FIRE | changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "no-dashes"}, "id\n"),
        ({"story": " "}, "story\n"),
        ({"age_years": -1}, "age_years\n"),
        ({"age_years": 131}, "age_years\n"),
        ({"age_years": 2.5}, "age_years\n"),
        ({"age_months": 1}, "give the age in years or in months, not both"),
        ({"sex": "m"}, "sex\n"),
        ({"findings": {"smoke": "yes"}}, "findings.smoke\n"),
        ({"findings": {"no-dashes": "absent"}}, "findings.no-dashes"),
        ({"expected": "soon"}, "expected\n"),
        ({"acceptable": []}, "acceptable\n"),
        ({"acceptable": ["urgent"]}, "acceptable must list what is expected too: emergency"),
        ({"mood": "grim"}, "mood\n"),
    ],
)
def test_it_refuses_a_case(changes: dict[str, Any], says: str) -> None:
    assert says in list_faults(**make_case_set(FIRE | changes))


def test_it_refuses_a_set_that_does_not_say_whether_it_must_pass() -> None:
    assert "must_pass\n" in list_faults(case_sets=[{"id": "ours", "title": "Ours"}])


def test_it_refuses_two_sets_or_two_cases_with_one_id_also_in_different_sets() -> None:
    ours, theirs = (make_case_set(FIRE, id=name)["case_sets"][0] for name in ("ours", "theirs"))

    assert "the ids of cases must be unique; used twice: fire" in list_faults(
        case_sets=[ours, theirs]
    )
    assert "the ids of case sets must be unique; used twice: ours" in list_faults(
        case_sets=[ours, {**theirs, "id": "ours", "cases": []}]
    )


def test_the_order_of_findings_and_levels_makes_no_difference() -> None:
    case = read(
        findings={"hum": "absent", "smoke": "present", "glow": "unknown", "fever": "present"},
        acceptable=["emergency", "urgent"],
    )

    assert list(case.findings) == ["fever", "smoke", "hum", "glow"]
    assert case.acceptable == ("urgent", "emergency")
