"""Which cases a change answers differently, and that nothing can be hidden from the reviewer."""

from typing import Any

import pytest

from calfcms.urgency import Urgency
from tests.triage.case_files import list_cases, read_definition, read_protocol
from tests.triage.examples import CASES, DRAFT, change_part, drop_part, make_case_set, make_content
from triage.case_changes import ChangedAnswer, describe_findings, list_changed_answers
from triage.compilation import CompilationError
from triage.core.evaluate import evaluate
from triage.core.shortcut import decide_urgency

ALL = make_case_set(*CASES.values())
WITHOUT_SMOKE = change_part("rules", "smoke_seen", urgency="routine")


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[ChangedAnswer]:
    return list_changed_answers(make_content(**before), make_content(**after))


def test_nothing_changes_where_nothing_changed() -> None:
    definition = read_definition("calf-pain")

    assert list_changed_answers(definition, definition) == []


def test_a_first_edition_changes_no_answer() -> None:
    assert list_changed_answers(None, make_content(**ALL)) == []


def test_a_new_wording_changes_no_answer() -> None:
    assert compare(ALL, ALL | change_part("rules", "smoke_seen", reason="Fire!")) == []


def test_a_changed_answer_says_who_gets_what_instead_of_what() -> None:
    [answer] = compare(ALL, ALL | WITHOUT_SMOKE)

    assert answer == ChangedAnswer(
        case_set="Our cases",
        case="fire",
        story="Smoke comes out of his mouth.",
        findings="40 years, male; present: smoke from the mouth; absent: humming tooth; "
        "unknown: fever",
        before=Urgency.EMERGENCY,
        after=Urgency.ROUTINE,
        expected=Urgency.EMERGENCY,
        is_under_triaged=True,
        is_newly_under_triaged=True,
    )
    assert answer.is_worse


def test_the_worst_come_first() -> None:
    rules = [
        change_part("rules", name, urgency="routine")["rules"][place]
        for place, name in enumerate(rule["id"] for rule in DRAFT["rules"])
    ]

    answers = compare(ALL, ALL | {"rules": rules})

    assert [(answer.case, answer.is_worse) for answer in answers] == [
        ("fire", True),
        ("ember", True),
        ("sweets", False),
    ]


def test_an_answer_that_was_too_low_before_is_worse_but_not_newly_too_low() -> None:
    before = ALL | change_part("rules", "smoke_seen", urgency="urgent")

    [answer] = compare(before, ALL | WITHOUT_SMOKE)

    assert answer.is_worse
    assert answer.is_under_triaged
    assert not answer.is_newly_under_triaged


def test_an_answer_that_gets_better_is_not_worse_even_if_still_too_low() -> None:
    [answer] = compare(ALL | WITHOUT_SMOKE, ALL | change_part("rules", 0, urgency="urgent"))

    assert answer.is_under_triaged
    assert not answer.is_worse


def test_leaving_a_case_out_hides_nothing() -> None:
    [answer] = compare(ALL, WITHOUT_SMOKE | make_case_set(CASES["sweets"]))

    assert (answer.case, answer.is_dropped, answer.is_worse) == ("fire", True, True)


def test_making_a_case_milder_hides_nothing() -> None:
    milder = CASES["fire"] | {"expected": "routine", "acceptable": ["routine"]}

    [answer] = compare(ALL, WITHOUT_SMOKE | make_case_set(milder))

    assert (answer.before, answer.after) == (Urgency.EMERGENCY, Urgency.ROUTINE)


def test_a_new_case_is_answered_by_the_old_rules_too() -> None:
    [answer] = compare({}, ALL | WITHOUT_SMOKE)

    assert (answer.case, answer.is_dropped) == ("fire", False)


def test_a_finding_that_the_old_protocol_did_not_ask_about_is_left_out_there() -> None:
    [answer] = compare(
        {**drop_part("findings", "smoke"), **drop_part("rules", "smoke_seen"), "gates": []}
        | {"causes": []},
        ALL,
    )

    assert (answer.case, answer.before, answer.after) == (
        "fire",
        Urgency.ROUTINE,
        Urgency.EMERGENCY,
    )


def test_an_edition_from_before_there_were_cases_is_compared() -> None:
    before = make_content()
    del before["case_sets"]

    [answer] = list_changed_answers(before, make_content(**ALL, **WITHOUT_SMOKE))

    assert answer.case == "fire"


def test_an_edition_that_todays_grammar_cannot_read_is_compared_with_nothing() -> None:
    assert compare(change_part("rules", 0, when="smok"), ALL) == []


def test_new_rules_that_cannot_be_read_are_an_error() -> None:
    with pytest.raises(CompilationError, match="there is no finding 'smok'"):
        compare(ALL, ALL | change_part("rules", 0, when="smok"))


def test_a_case_in_words_leaves_out_what_is_not_known() -> None:
    phrases = {"smoke": "smoke from the mouth"}
    unknown = {"age_years": None, "age_months": None, "sex": "unknown"}
    nobody: dict[str, Any] = {**unknown, "findings": {}}
    child = nobody | {"age_months": 9, "findings": {"lost": "absent", "smoke": "present"}}

    assert describe_findings(nobody, phrases) == ""
    assert (
        describe_findings(child, phrases) == "9 months; present: smoke from the mouth; absent: lost"
    )


def test_a_case_gets_the_answer_that_a_reader_gets() -> None:
    for case in list_cases():
        protocol = read_protocol(case.protocol)

        answer = evaluate(protocol, case.facts)

        assert decide_urgency(protocol, case.facts) is answer.disposition.urgency, case.id
