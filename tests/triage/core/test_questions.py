"""What is asked next, in which order, and when asking stops."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_facts,
    make_findings,
    make_protocol,
    make_rule,
)
from tests.triage.core.oracle import list_completions, settle_person
from tests.triage.core.strategies import NAMES, facts, protocols, read_once_expressions
from triage.core.applicability import Applicability
from triage.core.conclusion import conclude
from triage.core.evaluate import evaluate
from triage.core.evaluation import NextQuestion
from triage.core.expressions import Expression
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Protocol

FINDINGS = make_findings(["flag", "plain", "shared", "mild", "gate"], red_flags=["flag"])
PROTOCOL = make_protocol(
    [
        make_rule("top", EMERGENCY, "flag and plain"),
        make_rule("one", URGENT, "mild and shared"),
        make_rule("two", URGENT, "gate and shared"),
        make_rule("home", SELF_CARE, "mild and not flag"),
    ],
    FINDINGS,
    gates=("gate",),
)


def ask(facts: Facts, protocol: Protocol = PROTOCOL) -> tuple[NextQuestion, ...]:
    return evaluate(protocol, facts).next_questions


def names(questions: tuple[NextQuestion, ...]) -> list[str]:
    return [question.finding.id for question in questions]


def test_the_furthest_move_comes_first_then_red_flags_then_the_most_rules() -> None:
    assert names(ask(Facts())) == ["flag", "plain", "shared", "gate", "mild"]


def test_an_answer_that_decides_alone_comes_before_one_that_more_rules_wait_for() -> None:
    rules = [
        make_rule("one", URGENT, "a and b"),
        make_rule("two", URGENT, "a and c"),
        make_rule("alone", URGENT, "d or (a and b)"),
    ]

    assert names(ask(Facts(), make_protocol(rules)))[:2] == ["d", "a"]


def test_each_question_says_why_and_how_far_it_could_change_things() -> None:
    questions = {question.finding.id: question for question in ask(Facts())}

    assert questions["plain"].why == "top title"
    assert questions["plain"].could_change_to is EMERGENCY
    assert questions["shared"].could_change_to is URGENT


def test_a_question_gives_the_title_of_the_rule_that_it_settles_preferably_alone() -> None:
    rules = [
        make_rule("one", URGENT, "a and b"),
        make_rule("other", URGENT, "b or (c and d)"),
        make_rule("rest", URGENT, "d and e"),
    ]

    questions = ask(Facts(), make_protocol(rules))

    assert {question.finding.id: question.why for question in questions} == {
        "a": "one title",
        "b": "other title",
        "c": "other title",
        "d": "other title",
        "e": "rest title",
    }


def test_a_question_gives_the_title_of_a_rule_that_still_waits_for_the_answer() -> None:
    rules = [make_rule("far", URGENT, "(a or b) and c and d"), make_rule("wait", URGENT, "b and e")]

    questions = {
        question.finding.id: question for question in ask(make_facts("a"), make_protocol(rules))
    }

    assert questions["b"].why == "wait title"


def test_the_reason_written_for_a_finding_comes_before_a_rule_title() -> None:
    findings = (replace(FINDINGS[0], why="tells a clot from a strain"), *FINDINGS[1:])

    assert ask(Facts(), replace(PROTOCOL, findings=findings))[0].why == "tells a clot from a strain"


def test_nobody_is_asked_on_after_an_emergency() -> None:
    assert ask(make_facts("flag plain")) == ()


def test_nobody_is_asked_again_after_dont_know() -> None:
    assert "flag" not in names(ask(make_facts("", "", "flag")))


def test_only_rules_above_the_disposition_are_worth_asking_about() -> None:
    assert names(ask(make_facts("gate shared"))) == ["flag", "plain"]


def test_gates_and_self_care_come_last() -> None:
    questions = ask(make_facts("", "flag shared"))

    assert names(questions) == ["gate", "mild"]
    assert {question.could_change_to for question in questions} == {SELF_CARE}


def test_asking_stops_when_no_answer_can_change_the_disposition() -> None:
    assert ask(make_facts("mild", "flag shared gate")) == ()
    assert ask(make_facts("gate", "flag shared")) == ()


def test_open_routine_rules_are_not_worth_a_question_when_it_is_routine_anyway() -> None:
    assert ask(Facts(), make_protocol([make_rule("r", ROUTINE, "a and b")])) == ()


def test_there_are_never_more_than_five() -> None:
    rules = [make_rule(f"r_{name}", URGENT, f"{name} and z") for name in "abcdefgh"]

    assert len(ask(Facts(), make_protocol(rules, "a b c d e f g h z"))) == 5


def test_an_answer_that_rules_out_more_open_rules_comes_first() -> None:
    rules = [
        make_rule("one", URGENT, "a and (b or c)"),
        make_rule("two", URGENT, "d and (b or c)"),
        make_rule("three", URGENT, "d and (b or e)"),
    ]

    assert names(ask(Facts(), make_protocol(rules)))[:2] == ["d", "a"]


def test_a_rule_that_waits_for_what_is_not_known_is_asked_about_no_more() -> None:
    protocol = make_protocol([make_rule("r", EMERGENCY, "(a and b) or (c and d)")])

    assert names(ask(make_facts("", "", "a"), protocol)) == ["c", "d"]
    assert ask(make_facts("", "", "a c"), protocol) == ()


def test_a_gate_that_is_not_known_ends_the_questions_about_self_care() -> None:
    protocol = make_protocol([make_rule("home", SELF_CARE, "a and b")], gates=("c",))

    assert names(ask(Facts(), protocol)) == ["c", "a", "b"]
    assert ask(make_facts("", "", "c"), protocol) == ()


def test_nobody_is_asked_what_age_or_sex_rules_out() -> None:
    findings = make_findings("ab")
    limited = replace(findings[0], applies=Applicability(sex="female", min_age_years=12))
    protocol = make_protocol([make_rule("r", URGENT, "a or b")], (limited, findings[1]))

    assert names(ask(make_facts(sex="male"), protocol)) == ["b"]
    assert names(ask(make_facts(age_years=11), protocol)) == ["b"]
    assert names(ask(Facts(), protocol)) == ["a", "b"]
    assert names(ask(make_facts(sex="female", age_years=12), protocol)) == ["a", "b"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (make_facts("flag plain"), (True, "emergency")),
        (make_facts("mild", "flag shared gate"), (True, "settled")),
        (make_facts("shared gate", "flag"), (True, "settled")),
        (make_facts("shared gate", "", "flag"), (True, "nothing_to_ask")),
        (Facts(), (False, "questions")),
    ],
)
def test_it_says_whether_asking_may_stop_and_why(known: Facts, expected: tuple[bool, str]) -> None:
    assert conclude(evaluate(PROTOCOL, known)) == expected


def answer(protocol: Protocol, known: Facts, choices: Iterator[Presence]) -> Facts:
    """Ask the first question until asking may stop."""
    while questions := ask(known, protocol):
        name = questions[0].finding.id
        assert name not in known.findings
        known = replace(known, findings={**known.findings, name: next(choices)})
    return known


@given(protocols(), facts(), st.lists(st.sampled_from(Presence), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_once_asking_may_stop_no_answer_to_anything_unasked_changes_the_urgency(
    protocol: Protocol, start: Facts, choices: list[Presence]
) -> None:
    told = answer(protocol, settle_person(start, 400, Sex.FEMALE), iter(choices))
    assume(told.sex is not Sex.OTHER)
    urgency = evaluate(protocol, told).disposition.urgency

    asked = told.findings
    for complete in list_completions(replace(told, findings={}), NAMES):
        later = {**complete.findings, **asked}
        assert evaluate(protocol, replace(told, findings=later)).disposition.urgency is urgency


@given(facts(), st.sampled_from(Urgency), read_once_expressions())
@settings(max_examples=100, deadline=None)
def test_every_question_asked_could_change_the_answer(
    known: Facts, urgency: Urgency, when: Expression
) -> None:
    protocol = make_protocol([make_rule("r", urgency, when)], make_findings(NAMES))

    for name in names(ask(known, protocol)):
        unasked = [other for other in NAMES if other not in known.findings and other != name]
        assert any(
            len({evaluate(protocol, later).disposition.urgency for later in answers}) > 1
            for answers in list_continuations(known, name, unasked)
        )


def list_continuations(known: Facts, name: str, others: list[str]) -> Iterator[list[Facts]]:
    """For every way to answer the others, all answers to the one."""
    for values in product(Presence, repeat=len(others)):
        rest = {**known.findings, **dict(zip(others, values, strict=True))}
        yield [replace(known, findings={**rest, name: value}) for value in Presence]
