"""Every way to answer five questions, against an independent reading of one protocol that uses all
that the language has.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_protocol,
    make_rule,
    make_score,
)
from tests.triage.core.oracle import tell, tell_rule
from triage.core.evaluate import evaluate
from triage.core.expressions import Expression, parse
from triage.core.facts import Facts, Presence, Sex
from triage.core.interpret import interpret
from triage.core.normal_form import normalise
from triage.core.shortcut import decide_urgency, decide_urgency_of
from triage.core.triggers import Triggers, choose_triggers
from triage.core.truth import Truth

NAMES = "abcde"
POINTS = make_score("points", {"a": 2, "b": 1, "c and d": -1, "not e": 1})
PROTOCOL = make_protocol(
    [
        make_rule("both", EMERGENCY, "a and b"),
        make_rule("denied", URGENT, "c and not d"),
        make_rule("group", URGENT, "at_least(2, a, c, e) and not b"),
        make_rule("most_of_many", EMERGENCY, "at_least(3, a, not b, c, d or e)"),
        make_rule("many_points", EMERGENCY, "points >= 3 and not a"),
        make_rule("few_points", ROUTINE, "points <= -1 or points == 1"),
        make_rule("person", URGENT, "d and (age_years >= 50 or sex == female)"),
        make_rule("home", SELF_CARE, "c and not a"),
    ],
    scores=(POINTS,),
    conflicts=(make_conflict("e d"),),
    gates=("b",),
)
PEOPLE = [
    Facts(age_years=50, sex=Sex.OTHER),
    Facts(age_months=599, sex=Sex.FEMALE),
    Facts(age_months=600, sex=Sex.MALE),
]
EXPRESSIONS = [
    *[rule.when for rule in PROTOCOL.rules],
    *[parse(f"points {sign} 1") for sign in ("<", "<=", ">", ">=", "==", "!=")],
    *[parse(f"not points {sign} 2") for sign in ("<", "<=", ">", ">=", "==", "!=")],
    parse("not (a and not (b or at_least(2, c, d, e)))"),
    parse("at_least(2, points >= 2, d, age_years < 61)"),
]


def list_answers(person: Facts) -> Iterator[Facts]:
    for values in product(Presence, repeat=len(NAMES)):
        yield replace(person, findings=dict(zip(NAMES, values, strict=True)))


def list_true(known: Facts) -> set[str]:
    return {rule.id for rule in PROTOCOL.rules if tell_rule(rule, PROTOCOL, known)}


def find_urgency(known: Facts) -> Urgency:
    """As the rules of the product say it, in the words of the oracle."""
    true = [rule.urgency for rule in PROTOCOL.rules if tell_rule(rule, PROTOCOL, known)]
    raising = [urgency for urgency in true if urgency is not SELF_CARE]
    is_contradicted = known.findings["d"] == known.findings["e"] == "present"
    if true and not raising and known.findings["b"] == "absent" and not is_contradicted:
        return SELF_CARE
    return max(raising, key=lambda urgency: urgency.rank, default=ROUTINE)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_rules_shown_as_true_and_as_open_are_so(person: Facts) -> None:
    for known in list_answers(person):
        answer = evaluate(PROTOCOL, known)

        above = answer.disposition.urgency.rank
        states = {rule.id: tell_rule(rule, PROTOCOL, known) for rule in PROTOCOL.rules}
        ranks = {rule.id: rule.urgency.rank for rule in PROTOCOL.rules}
        expected = {name for name in states if states[name] is None and ranks[name] > above}
        assert {match.rule.id for match in answer.matched} == list_true(known)
        assert {entry.rule.id for entry in answer.not_excluded} == expected


@pytest.mark.parametrize("person", PEOPLE)
def test_the_urgency_is_that_of_the_highest_true_rule_by_each_way_to_ask_for_it(
    person: Facts,
) -> None:
    for known in list_answers(person):
        request: dict[str, Any] = {"findings": known.findings, "sex": known.sex.value}
        request |= {"age_years": known.age_years, "age_months": known.age_months}

        expected = find_urgency(known)
        assert evaluate(PROTOCOL, known).disposition.urgency is expected
        assert decide_urgency(PROTOCOL, known) is expected
        assert decide_urgency_of(PROTOCOL, request) is expected


def test_near_misses_are_the_false_rules_that_one_other_answer_makes_true() -> None:
    for known in list_answers(PEOPLE[0]):
        shown = {(miss.rule.id, miss.finding) for miss in evaluate(PROTOCOL, known).near_misses}

        false = {r.id for r in PROTOCOL.rules if tell_rule(r, PROTOCOL, known) is False}
        others = {Presence.PRESENT: Presence.ABSENT, Presence.ABSENT: Presence.PRESENT}
        expected = {
            (rule, name)
            for name, value in known.findings.items()
            if value in others
            for rule in list_true(replace(known, findings={**known.findings, name: others[value]}))
            if rule in false
        }
        assert shown == expected


@pytest.mark.parametrize("node", EXPRESSIONS, ids=str)
def test_the_definition_says_what_the_independent_reading_says(node: Expression) -> None:
    truths = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}

    for known in list_answers(PEOPLE[0]):
        assert interpret(node, known, {"points": POINTS}) is truths[tell(node, PROTOCOL, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a and b", "b"),
        ("not a and b", "b"),
        ("age_years >= 50 and not a", "not a"),
        ("age_years >= 50 and a", "a"),
        ("a or not b", "a, not b"),
        ("(a or b) and not c", "a, b"),
        ("at_least(2, a, not b, c)", "a, c"),
        ("at_least(2, not a, not b, c)", "c, not b"),
        ("points >= 3 and c", "c"),
        ("points >= 3", "b, c"),
        ("points >= 4", "c"),
        ("points >= 0 and points <= 9", None),
    ],
)
def test_the_rarest_facts_that_could_make_it_true_are_watched(
    text: str, expected: str | None
) -> None:
    plain = make_score("points", {"a": 2, "b": 1, "c": 1})

    triggers = choose_triggers(normalise(parse(text), {"points": plain}))

    assert show(triggers) == expected


def show(triggers: Triggers | None) -> str | None:
    if triggers is None:
        return None
    words = [f"{'' if one.positive else 'not '}{getattr(one.atom, 'id', '?')}" for one in triggers]
    return ", ".join(sorted(words))
