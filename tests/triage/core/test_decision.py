"""What stands beside the urgency: the range it could move in, and what is withheld and why."""

from tests.triage.core.builders import (
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_facts,
    make_protocol,
    make_rule,
)
from triage.core.evaluate import evaluate
from triage.core.facts import Facts

HOME = make_rule("home", SELF_CARE, "a")


def test_self_care_that_is_given_is_not_withheld() -> None:
    answer = evaluate(make_protocol([HOME], gates=("b",)), make_facts("a", "b"))

    assert answer.disposition.urgency is SELF_CARE
    assert answer.withheld == ()


def test_self_care_that_no_rule_offers_is_not_withheld() -> None:
    answer = evaluate(make_protocol([HOME], gates=("b",)), make_facts("", "a"))

    assert answer.disposition.urgency is ROUTINE
    assert answer.withheld == ()


def test_self_care_that_is_only_possible_is_not_withheld_while_nothing_stands_in_its_way() -> None:
    answer = evaluate(make_protocol([HOME]), Facts())

    assert answer.range.best_case is SELF_CARE
    assert answer.withheld == ()


def test_gates_and_contradicted_answers_stand_in_the_way_together_by_name() -> None:
    protocol = make_protocol([HOME], gates=("e", "b"), conflicts=(make_conflict("d c"),))

    answer = evaluate(protocol, make_facts("a c d"))

    assert answer.withheld[0].because == ("b", "c", "d", "e")


def test_gates_alone_stand_in_the_way_by_name() -> None:
    answer = evaluate(make_protocol([HOME], gates=("e", "b")), make_facts("a"))

    assert answer.withheld[0].because == ("b", "e")


def test_the_worst_case_is_the_most_urgent_rule_that_is_open() -> None:
    rules = [make_rule("low", ROUTINE, "a"), make_rule("high", URGENT, "b"), HOME]

    answer = evaluate(make_protocol(rules), make_facts("a"))

    assert (answer.range.best_case, answer.range.worst_case) == (ROUTINE, URGENT)


CONFLICTS = (make_conflict("e d"), make_conflict("c b"))


def test_contradictions_are_told_by_their_findings_whatever_their_order() -> None:
    answer = evaluate(make_protocol([], conflicts=CONFLICTS), make_facts("b c d e"))

    assert [conflict.read_as for conflict in answer.conflicts] == ["c", "e"]


def test_every_answer_that_could_contradict_self_care_is_asked_for() -> None:
    answer = evaluate(make_protocol([HOME], conflicts=CONFLICTS), make_facts("a b d"))

    assert [question.finding.id for question in answer.next_questions] == ["c", "e"]
