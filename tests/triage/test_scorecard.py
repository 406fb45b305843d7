"""What the figures of a scorecard mean, each in cases made for it."""

from typing import Any

import pytest

from tests.triage.examples import CASES, change_part, make_case_set, make_content
from triage.scorecard import Tally, bound_rate, score_content

SMOKE = {"smoke": "present"}


def make_case(name: str, expected: str, *also: str, **findings: str) -> dict[str, Any]:
    """A case; what is not said of it is unknown."""
    acceptable = [expected, *also]
    told = {"story": name, "findings": findings}
    return {"id": name, **told, "expected": expected, "acceptable": acceptable}


def tally(*cases: dict[str, Any], **changes: Any) -> Tally:
    return score_content(make_content(**make_case_set(*cases, must_pass=False), **changes)).total


def test_a_case_is_exact_acceptable_or_neither() -> None:
    figures = tally(
        make_case("exact", "emergency", smoke="present"),
        make_case("near", "urgent", "emergency", smoke="present"),
        make_case("far", "routine", smoke="present"),
    )

    assert (figures.cases, figures.exact, figures.acceptable) == (3, 1, 2)
    assert (figures.safe, figures.over_triaged, figures.under_triaged) == (3, 2, 0)


def test_safe_is_strict_one_level_too_low_is_not() -> None:
    figures = tally(make_case("low", "urgent", "routine", hum="present"))

    assert (figures.safe, figures.under_triaged, figures.hazardous) == (0, 1, 0)
    assert figures.acceptable == 1


def test_two_levels_too_low_is_hazardous_whatever_else_was_acceptable() -> None:
    figures = tally(
        make_case("low", "emergency", hum="present"),
        make_case("also", "emergency", "routine", hum="present"),
    )

    assert figures.hazardous == 2


def test_a_case_is_mostly_unknown_where_more_than_half_of_all_findings_are() -> None:
    names = ["hum", "smoke", "glow", "fever", "one_tooth"]  # five of eight
    known = dict.fromkeys(names[:4], "absent")

    most = tally(make_case("half", "routine", **known))
    few = tally(make_case("less", "routine", **dict.fromkeys(names[:3], "absent")))
    said = dict.fromkeys(names[3:], "unknown")
    unknown = tally(make_case("said", "routine", **dict.fromkeys(names[:3], "absent"), **said))

    assert (most.mostly_unknown, few.mostly_unknown, unknown.mostly_unknown) == (0, 1, 1)


def test_sets_are_counted_apart_and_together() -> None:
    one = make_case_set(CASES["fire"])["case_sets"][0]
    two = one | {"id": "theirs", "cases": [CASES["sweets"], CASES["ember"]]}

    card = score_content(make_content(case_sets=[one, two]))

    assert [score.tally.cases for score in card.sets] == [1, 2]
    assert card.total.cases == card.total.exact == 3


def test_the_digest_of_a_set_changes_with_any_of_its_cases() -> None:
    same, again = (score_content(make_content(**make_case_set(CASES["fire"]))) for _ in "ab")
    other = score_content(make_content(**make_case_set(CASES["fire"] | {"age_years": 41})))

    assert same.sets[0].digest == again.sets[0].digest
    assert same.sets[0].digest != other.sets[0].digest


def test_a_rule_that_is_narrowed_shows_in_the_figures() -> None:
    narrow = change_part("rules", "smoke_seen", when="smoke and fever")

    assert tally(CASES["fire"]).hazardous == 0
    assert tally(CASES["fire"], **narrow).hazardous == 1


@pytest.mark.parametrize(
    ("count", "of", "bound"),
    [
        (0, 1, 0.95),
        (0, 45, 0.0645),
        (0, 300, 0.01),
        (0, 2543, 0.0012),
        (1, 45, 0.1012),
        (4, 2543, 0.0036),
        (45, 45, 1.0),
        (0, 0, None),
    ],
)
def test_the_bound_is_that_of_clopper_and_pearson(count: int, of: int, bound: float | None) -> None:
    assert bound_rate(count, of) == bound
