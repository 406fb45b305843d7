"""The urgency alone is the one that the whole answer gives, and wrong input is refused by name."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_facts,
    make_protocol,
    make_rule,
    make_score,
)
from tests.triage.core.strategies import NAMES, expressions, facts, protocols, scores
from triage.core.circuits import TRUE
from triage.core.evaluate import evaluate
from triage.core.expressions import Expression
from triage.core.facts import Facts, FactsError
from triage.core.interpret import interpret
from triage.core.literals import LiteralTable, UnknownFinding
from triage.core.normal_form import Literal, list_literals, normalise
from triage.core.protocol import Protocol, Score
from triage.core.shortcut import decide_urgency, decide_urgency_of
from triage.core.triggers import choose_triggers
from triage.core.truth import Truth

PROTOCOL = make_protocol(
    [
        make_rule("top", EMERGENCY, "a and b"),
        make_rule("baby", URGENT, "c and age_years < 1"),
        make_rule("home", SELF_CARE, "d and not e"),
    ],
    gates=("a",),
)


def write_request(known: Facts) -> dict[str, Any]:
    """As a client sends it."""
    request: dict[str, Any] = {"findings": {n: v.value for n, v in known.findings.items()}}
    request |= {"sex": known.sex.value}
    for member in ("age_years", "age_months"):
        if getattr(known, member) is not None:
            request[member] = getattr(known, member)
    return request


@given(protocols(), st.lists(facts(), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_it_is_the_urgency_of_the_whole_answer(protocol: Protocol, people: list[Facts]) -> None:
    for known in people:
        expected = evaluate(protocol, known).disposition.urgency

        assert decide_urgency(protocol, known) is expected
        assert decide_urgency_of(protocol, write_request(known)) is expected


@given(expressions, scores(), facts())
@settings(max_examples=100, deadline=None)
def test_a_true_expression_has_a_true_trigger(
    node: Expression, defined: tuple[Score, ...], known: Facts
) -> None:
    by_name = {score.id: score for score in defined}
    form = normalise(node, by_name)

    triggers = choose_triggers(form)

    if triggers is None:
        assert interpret(node, Facts(), by_name) is Truth.TRUE
    elif interpret(node, known, by_name) is Truth.TRUE:
        assert triggers <= set(list_literals(form))
        assert any(_is_true(trigger, known) for trigger in triggers)


def _is_true(literal: Literal, known: Facts) -> bool:
    table = LiteralTable(NAMES, [literal])
    return table.read(known).values[table.places[literal]] == TRUE


@pytest.mark.parametrize(
    ("request_body", "expected"),
    [
        ({"findings": {"a": "present", "b": "present"}}, EMERGENCY),
        ({"findings": {"a": "present", "b": "unknown"}}, ROUTINE),
        ({"findings": {"c": "present"}, "age_months": 11}, URGENT),
        ({"findings": {"c": "present"}, "age_years": 1}, ROUTINE),
        ({"findings": {"d": "present", "e": "absent", "a": "absent"}}, SELF_CARE),
        ({"findings": {"d": "present", "e": "absent"}}, ROUTINE),
        ({}, ROUTINE),
    ],
)
def test_a_dictionary_is_answered(request_body: dict[str, Any], expected: object) -> None:
    assert decide_urgency_of(PROTOCOL, request_body) is expected


def test_contradictory_answers_are_read_in_the_safer_way_and_withhold_self_care() -> None:
    rules = [make_rule("r", URGENT, "a and not b"), make_rule("home", SELF_CARE, "d")]
    protocol = make_protocol(rules, conflicts=(make_conflict("c b"),), gates=("e",))

    assert decide_urgency(protocol, make_facts("a b c")) is URGENT
    assert decide_urgency(protocol, make_facts("a b", "c")) is ROUTINE
    assert decide_urgency(protocol, make_facts("d b c", "e")) is ROUTINE
    assert decide_urgency(protocol, make_facts("d b", "e c")) is SELF_CARE


def test_each_contradiction_counts_also_beside_a_conflict_that_is_none() -> None:
    conflicts = (make_conflict("c b"), make_conflict("e d"))
    protocol = make_protocol([make_rule("r", URGENT, "a and not d")], conflicts=conflicts)

    assert decide_urgency(protocol, make_facts("a d e")) is URGENT
    assert decide_urgency(protocol, make_facts("a d", "e")) is ROUTINE


def test_a_score_with_minus_points_is_not_overlooked() -> None:
    points = make_score("points", {"a": -1, "b": -1})
    protocol = make_protocol([make_rule("r", URGENT, "points >= -1")], scores=(points,))

    assert decide_urgency(protocol, make_facts("", "a")) is URGENT
    assert decide_urgency(protocol, make_facts("a", "")) is ROUTINE


@pytest.mark.parametrize(
    ("request_body", "message"),
    [
        ({"findings": {"a": "yes"}}, "^findings: a is 'yes'; use present, absent, unknown"),
        ({"fever": "present"}, "fever: is not known; use age_months, age_years, findings, sex"),
        ({"age_years": -1}, "age_years: must be a whole number"),
        ({"age_years": 200}, "age_years: must be a whole number"),
        ({"age_years": True}, "age_years: must be a whole number"),
        ({"age_years": 1.0}, "age_years: must be a whole number"),
        ({"age_months": 1, "age_years": 1}, "not both"),
        ({"sex": "woman"}, "sex: 'woman' is not a valid Sex"),
        ({"sex": []}, "sex: "),
    ],
)
def test_what_can_not_be_is_refused(request_body: dict[str, Any], message: str) -> None:
    decide_urgency_of(PROTOCOL, {"age_years": 1})

    with pytest.raises(FactsError, match=message):
        decide_urgency_of(PROTOCOL, request_body)


def test_findings_it_does_not_know_are_refused_by_name() -> None:
    with pytest.raises(UnknownFinding, match=r"no finding x, y$") as refusal:
        decide_urgency_of(PROTOCOL, {"findings": {"y": "present", "a": "present", "x": "absent"}})

    assert refusal.value.names == ("x", "y")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"age_years": 3, "sex": "male"}, URGENT),
        ({"age_years": 30, "sex": "female"}, EMERGENCY),
        ({"age_years": 3, "sex": "female"}, EMERGENCY),
        ({"age_months": 191}, URGENT),
        ({"age_months": 192}, ROUTINE),
        ({"sex": "other"}, ROUTINE),
    ],
)
def test_rules_that_rest_on_age_or_sex_alone_are_not_overlooked(
    person: dict[str, Any], expected: object
) -> None:
    rules = [
        make_rule("child", URGENT, "age_years < 16"),
        make_rule("w", EMERGENCY, "sex == female"),
    ]

    assert decide_urgency_of(make_protocol(rules), person) is expected


def test_rules_that_are_always_true_are_not_overlooked() -> None:
    rules = [
        make_rule("top", EMERGENCY, "b"),
        make_rule("always", URGENT, "points >= 0"),
        make_rule("ever", ROUTINE, "points <= 1"),
    ]
    protocol = make_protocol(rules, scores=(make_score("points", {"a": 1}),))

    assert decide_urgency_of(protocol, {}) is URGENT
    assert decide_urgency_of(protocol, {"findings": {"b": "present"}}) is EMERGENCY


def test_a_denial_that_a_contradiction_makes_true_is_not_overlooked() -> None:
    rules = [make_rule("denied", URGENT, "not d"), make_rule("top", EMERGENCY, "e and not a")]
    protocol = make_protocol(rules, conflicts=(make_conflict("e d"),))

    assert decide_urgency(protocol, make_facts("d e")) is URGENT
    assert decide_urgency(protocol, make_facts("e", "a")) is EMERGENCY
    assert decide_urgency(protocol, make_facts("d")) is ROUTINE


def test_a_gate_that_nobody_asked_about_withholds_self_care_whatever_stands_before_it() -> None:
    protocol = make_protocol([make_rule("home", SELF_CARE, "a or not a")], gates=("b",))

    assert decide_urgency(protocol, make_facts("a")) is ROUTINE
    assert decide_urgency(protocol, make_facts("", "a")) is ROUTINE
    assert decide_urgency(protocol, make_facts("a", "b")) is SELF_CARE


@pytest.mark.parametrize("age", [1.0, True])
def test_what_only_equals_a_known_age_is_refused(age: object) -> None:
    decide_urgency_of(PROTOCOL, {"age_months": 1})

    with pytest.raises(FactsError, match="age_months: must be a whole number"):
        decide_urgency_of(PROTOCOL, {"age_months": age})
