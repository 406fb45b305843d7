"""What is asked next, in which order, and when asking stops."""

from dataclasses import replace

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
from triage.core.evaluate import evaluate
from triage.core.evaluation import NextQuestion
from triage.core.facts import Facts
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
