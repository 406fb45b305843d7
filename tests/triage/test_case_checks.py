"""A protocol that answers its own cases too low is not published."""

from typing import Any

import pytest

from calfcms.publishing.kinds import Content
from calfcms.publishing.models import Edition
from calfcms.publishing.problem import Refused
from tests.triage.conftest import Press
from tests.triage.examples import CASES, change_part, make_case_set, make_content
from triage.case_checks import list_case_problems
from triage.compilation import compile_definition

FIRE = CASES["fire"]
LOWER = {"routine": change_part("rules", "smoke_seen", urgency="routine")}
ONE_LOWER = change_part("rules", "smoke_seen", urgency="urgent")


def check(*, live: Content | None = None, **changes: Any) -> list[tuple[str, str]]:
    content = make_content(**changes)
    problems = list_case_problems(content, compile_definition(content), get_live=lambda: live)
    return [(problem.code, problem.pointer) for problem in problems]


def test_cases_that_are_answered_as_they_should_be_are_no_problem() -> None:
    assert check(**make_case_set(*CASES.values())) == []


def test_a_protocol_without_cases_is_no_problem() -> None:
    assert check() == []


def test_a_case_of_a_set_that_must_pass_may_not_be_answered_too_low() -> None:
    found = check(**ONE_LOWER, **make_case_set(CASES["sweets"], FIRE))

    assert found == [("case_under_triaged", "/case_sets/0/cases/1")]


def test_the_problem_says_which_case_and_what_would_be_accepted() -> None:
    content = make_content(**ONE_LOWER, **make_case_set(FIRE))

    [problem] = list_case_problems(content, compile_definition(content), get_live=lambda: None)

    assert problem.message == (
        "The case `fire` (Our cases) is answered urgent, where nobody would accept less than "
        "emergency, and its set must pass."
    )
    assert problem.hint == "Correct the rules; or, if the case itself is wrong, what it expects."


def test_what_is_acceptable_counts_not_only_what_is_expected() -> None:
    case = FIRE | {"acceptable": ["urgent", "emergency"]}

    assert check(**ONE_LOWER, **make_case_set(case)) == []


def test_an_answer_that_is_too_urgent_is_no_problem() -> None:
    assert check(**change_part("rules", "sweet_hum", urgency="urgent")) == []


def test_a_set_that_need_not_pass_may_be_answered_too_low_by_one_level() -> None:
    assert check(**ONE_LOWER, **make_case_set(FIRE, must_pass=False)) == []


def test_no_set_may_be_answered_so_low_that_it_endangers() -> None:
    found = check(**LOWER["routine"], **make_case_set(FIRE, must_pass=False))

    assert found == [("case_endangered", "/case_sets/0/cases/0")]


def test_no_set_may_be_answered_lower_than_the_live_edition_does_well() -> None:
    found = check(**ONE_LOWER, **make_case_set(FIRE, must_pass=False), live=make_content())

    assert found == [("case_newly_under_triaged", "/case_sets/0/cases/0")]


def test_what_the_live_edition_answers_too_low_may_stay_so() -> None:
    live = make_content(**ONE_LOWER)

    assert check(**ONE_LOWER, **make_case_set(FIRE, must_pass=False), live=live) == []


def test_a_live_edition_that_todays_grammar_cannot_read_is_no_measure() -> None:
    live = make_content(**change_part("rules", 0, when="smok"))

    assert check(**ONE_LOWER, **make_case_set(FIRE, must_pass=False), live=live) == []


def test_a_case_may_name_only_findings_that_there_are() -> None:
    case = FIRE | {"findings": {"smoke": "absent", "smok": "present"}}

    assert check(**make_case_set(case)) == [
        ("case_finding_unknown", "/case_sets/0/cases/0/findings/smok")
    ]


def test_such_a_protocol_is_refused_at_publishing(press: Press, published: Edition) -> None:
    with pytest.raises(Refused) as refused:
        press.publish_protocol(
            **make_case_set(FIRE | {"findings": {"hum": "present"}}),
        )

    assert [(one.code, one.pointer) for one in refused.value.problems] == [
        ("case_under_triaged", "/case_sets/0/cases/0")
    ]
    assert Edition.objects.filter(document=published.document).count() == 1


def test_the_live_edition_is_what_readers_get_now_and_not_what_is_about_to_replace_it(
    press: Press, published: Edition
) -> None:
    case = CASES["ember"] | {"findings": {"glow": "present", "sore_jaw": "present"}}
    narrower = change_part("rules", "glow_or_fever", when="glow and fever")

    with pytest.raises(Refused) as refused:
        press.publish_protocol(**narrower, **make_case_set(case, must_pass=False))

    assert [one.code for one in refused.value.problems] == ["case_newly_under_triaged"]


def test_a_protocol_that_passes_its_cases_is_published(press: Press, published: Edition) -> None:
    edition = press.publish_protocol(**make_case_set(*CASES.values()))

    assert edition.number == 2
    assert b"Smoke comes out of his mouth" not in bytes(edition.renditions.get(format="json").body)
    assert edition.read_content()["case_sets"][0]["cases"][0]["id"] == "fire"
