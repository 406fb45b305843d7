"""One fault, one code: each test breaks a sound protocol in one way."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_findings,
    make_protocol,
    make_rule,
    make_score,
)
from tests.triage.core.oracle import tell
from tests.triage.core.strategies import NAMES, expressions, scores
from triage.core.checks import list_problems
from triage.core.checks.satisfiable import is_satisfiable
from triage.core.checks.shadows import list_shadowed_rules
from triage.core.expressions import Expression, parse, render
from triage.core.facts import Facts, Presence, Sex
from triage.core.normal_form import normalise
from triage.core.protocol import Cause, Protocol, Score, ScoreItem

FINDINGS = make_findings(["flag", "other", "mild"], red_flags=["flag"])
RULES = [
    make_rule("raise", EMERGENCY, "flag and other"),
    make_rule("home", SELF_CARE, "mild and not flag"),
]


def make_sound(*rules: tuple[str, Urgency, str], **fields: Any) -> Protocol:
    more = [make_rule(*rule) for rule in rules]
    return make_protocol([*RULES, *more], **{"findings": FINDINGS, "gates": ("flag",), **fields})


def list_codes(protocol: Protocol) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in list_problems(protocol)]


def test_a_sound_protocol_has_no_problems() -> None:
    assert list_problems(make_sound()) == []


@pytest.mark.parametrize(
    ("field", "empty", "code"),
    [
        ("title", "", "rule_without_title"),
        ("reason", "", "rule_without_reason"),
        ("references", (), "rule_without_reference"),
        ("effective_from", None, "rule_without_effective_date"),
    ],
)
def test_a_rule_says_where_it_comes_from(field: str, empty: Any, code: str) -> None:
    protocol = make_sound()
    bare = replace(protocol.rules[0], **{field: empty})

    assert list_codes(replace(protocol, rules=(bare, RULES[1]))) == [(code, "rules/raise")]


def test_a_rule_is_not_to_be_reviewed_before_it_holds() -> None:
    protocol = make_sound()
    early = replace(protocol.rules[0], review_due=date(2026, 11, 21))
    late = replace(protocol.rules[0], review_due=date(2026, 11, 22))

    assert list_codes(replace(protocol, rules=(early, RULES[1]))) == [
        ("review_due_too_early", "rules/raise")
    ]
    assert list_codes(replace(protocol, rules=(late, RULES[1]))) == []


def test_a_group_without_members() -> None:
    codes = list_codes(make_sound(("r", ROUTINE, "mild or at_least(1)")))

    assert codes == [("empty_group", "rules/r")]


def test_a_group_smaller_than_its_number_also_in_a_score() -> None:
    points = make_score("points", {"at_least(3, mild, other)": 1})

    assert list_codes(make_sound(scores=(points,))) == [("group_too_small", "scores/points/item_0")]


@pytest.mark.parametrize("text", ["points >= 0", "points >= -1", "points < 3", "not points > 2"])
def test_a_rule_that_is_true_when_nothing_is_known(text: str) -> None:
    points = make_score("points", {"mild": 1, "other": 1})

    codes = list_codes(make_sound(("r", ROUTINE, text), scores=(points,)))

    assert codes == [("true_when_nothing_is_known", "rules/r")]


@pytest.mark.parametrize(
    "text",
    [
        "mild and not mild",
        "mild and (other or mild) and not (mild or other)",
        "age_years < 16 and age_years >= 18 and mild",
        "age_months < 12 and age_years >= 1 and mild",
        "age_years > 130 and mild",
        "sex == male and sex == female and mild",
        "not sex == male and not sex == female and mild",
        "points >= 4",
        "points == 2 and points == 3",
        "at_least(2, mild and other, mild and not other)",
    ],
)
def test_a_rule_that_can_never_be_true(text: str) -> None:
    points = make_score("points", {"mild": 1, "other": 2})

    codes = list_codes(make_sound(("r", ROUTINE, text), scores=(points,)))

    assert codes == [("unreachable_rule", "rules/r")]


def test_a_finding_that_nothing_uses() -> None:
    findings = (*FINDINGS, *make_findings(["idle"]))

    assert list_codes(make_sound(findings=findings)) == [("unused_finding", "findings/idle")]


@pytest.mark.parametrize(
    "fields",
    [
        {"gates": ("flag", "idle")},
        {"conflicts": (make_conflict("idle mild"),)},
        {"scores": (make_score("points", {"idle": 1}),)},
        {"causes": (Cause("clot", "clot", supporting=("idle",)),)},
        {"causes": (Cause("clot", "clot", opposing=("idle",)),)},
        {"causes": (Cause("clot", "clot", required=parse("idle")),)},
    ],
)
def test_a_finding_is_used_outside_rules_too(fields: dict[str, Any]) -> None:
    findings = (*FINDINGS, *make_findings(["idle"]))

    assert list_problems(make_sound(findings=findings, **fields)) == []


@pytest.mark.parametrize(
    "text",
    [
        "mild and not flag",
        "mild and not (other and flag)",
        "not at_least(2, flag, mild, other) and mild",
        "mild and minus >= 1",
        "mild and plus < 1",
        "mild and plus <= 1",
        "mild and plus == 1",
        "mild and plus != 1",
    ],
)
def test_a_red_flag_that_could_switch_a_rule_off(text: str) -> None:
    minus = make_score("minus", {"other": 2, "flag": -1})
    plus = make_score("plus", {"other": 2, "flag": 1})

    codes = list_codes(make_sound(("r", URGENT, text), scores=(minus, plus)))

    assert codes == [("red_flag_negated", "rules/r")]


@pytest.mark.parametrize(
    "text", ["not not flag", "minus < 1", "plus >= 3", "at_least(2, flag, mild)"]
)
def test_a_red_flag_that_raises_through_two_negations_is_fine(text: str) -> None:
    minus = make_score("minus", {"other": 2, "flag": -1})
    plus = make_score("plus", {"other": 2, "flag": 1})

    assert list_problems(make_sound(("r", URGENT, text), scores=(minus, plus))) == []


@pytest.mark.parametrize("text", ["flag", "mild and not (other and not flag)", "plus >= 2"])
def test_a_red_flag_that_argues_for_self_care(text: str) -> None:
    plus = make_score("plus", {"other": 2, "flag": 1})

    codes = list_codes(make_sound(("r", SELF_CARE, text), scores=(plus,)))

    assert codes == [("red_flag_in_self_care", "rules/r")]


def test_a_red_flag_that_raises_nothing() -> None:
    findings = (*FINDINGS, *make_findings(["idle"], red_flags=["idle"]))

    codes = list_codes(make_sound(findings=findings, gates=("flag", "idle")))

    assert codes == [("red_flag_finding_without_rule", "findings/idle")]


def test_self_care_without_gates() -> None:
    assert list_codes(make_sound(gates=())) == [("gate_missing", "gates")]


def test_without_self_care_no_gates_are_needed() -> None:
    protocol = make_protocol([RULES[0], make_rule("r", ROUTINE, "mild")], FINDINGS)

    assert list_problems(protocol) == []


def test_no_generic_region() -> None:
    protocol = make_sound()

    codes = list_codes(replace(protocol, regions=protocol.regions[1:]))

    assert codes == [("generic_region_missing", "regions")]


@pytest.mark.parametrize(
    "text", ["flag and other", "other and flag", "not (not other or not flag)"]
)
def test_the_same_rule_twice_however_it_is_written(text: str) -> None:
    assert list_codes(make_sound(("twin", EMERGENCY, text))) == [("duplicate_rule", "rules/twin")]


def test_the_same_condition_at_another_urgency_is_another_rule() -> None:
    assert list_problems(make_sound(("twin", URGENT, "other and flag"))) == []


SHADOWED = [
    (EMERGENCY, "flag and other and mild", "raise"),
    (EMERGENCY, "at_least(3, flag, other, mild)", "raise"),
    (EMERGENCY, "flag and other and age_years > 5", "raise"),
    (URGENT, "flag and other", "raise"),
    (ROUTINE, "not (not flag or not other)", "raise"),
]


@pytest.mark.parametrize(("urgency", "text", "by"), SHADOWED)
def test_a_rule_that_changes_no_answer_is_shadowed(urgency: Urgency, text: str, by: str) -> None:
    pairs = list_shadowed_rules(make_sound(("r", urgency, text)))

    assert [(rule.id, other.id) for rule, other in pairs] == [("r", by)]


@pytest.mark.parametrize(
    ("urgency", "text"),
    [
        (EMERGENCY, "flag"),
        (EMERGENCY, "flag and mild"),
        (EMERGENCY, "mild and not mild"),
        (URGENT, "other and mild"),
        (SELF_CARE, "mild and not flag and other"),
    ],
)
def test_a_rule_that_can_change_an_answer_is_not(urgency: Urgency, text: str) -> None:
    shadowed = {rule.id for rule, _ in list_shadowed_rules(make_sound(("r", urgency, text)))}

    assert "r" not in shadowed


def test_of_two_rules_for_the_same_people_the_later_one_is_shadowed() -> None:
    rules = [("b", URGENT, "mild or (mild and other)"), ("a", URGENT, "mild")]

    pairs = list_shadowed_rules(make_sound(*rules))

    assert [(rule.id, other.id) for rule, other in pairs] == [("b", "a")]


def test_a_shadowed_rule_is_a_fault_only_where_it_adds_nothing() -> None:
    bare = make_rule("r", EMERGENCY, "flag and other and mild")
    own = replace(bare, references=("other-2021",))
    lower = replace(bare, urgency=URGENT)

    assert list_codes(make_protocol([*RULES, bare], FINDINGS, gates=("flag",))) == [
        ("shadowed_rule", "rules/r")
    ]
    assert list_codes(make_protocol([*RULES, own], FINDINGS, gates=("flag",))) == []
    assert list_codes(make_protocol([*RULES, lower], FINDINGS, gates=("flag",))) == []


PARTIAL = replace(
    make_score("partial", {"other": 1, "flag": 1}),
    items=(
        *make_score("partial", {"other": 1, "flag": 1}).items,
        ScoreItem("measured", "measured by somebody", None, 2),
    ),
)


@pytest.mark.parametrize(
    "text",
    ["partial < 1", "partial <= 1", "not partial >= 1", "not partial > 0", "partial == 0"],
)
def test_a_low_score_says_nothing_where_items_cannot_be_asked_for(text: str) -> None:
    codes = list_codes(make_sound(("r", ROUTINE, f"mild and {text}"), scores=(PARTIAL,)))

    assert ("score_not_complete", "rules/r") in codes


@pytest.mark.parametrize(
    "text", ["partial >= 1", "partial > 0", "not partial < 1", "not (not partial >= 2 or mild)"]
)
def test_reaching_a_number_says_something_all_the_same(text: str) -> None:
    codes = list_codes(make_sound(("r", ROUTINE, text), scores=(PARTIAL,)))

    assert "score_not_complete" not in [code for code, _ in codes]


def test_a_low_value_of_a_whole_score_says_something() -> None:
    whole = make_score("whole", {"mild": 1, "other": 1})

    assert list_codes(make_sound(("r", ROUTINE, "mild and whole < 2"), scores=(whole,))) == []


def test_an_earlier_contact_must_stand_for_a_finding_that_raises() -> None:
    fitting = list_codes(make_sound(repeat_contact="other"))
    idle = list_codes(make_sound(repeat_contact="mild"))

    assert fitting == []
    assert idle == [("repeat_contact_without_rule", "repeat_contact")]


def test_every_problem_has_a_message_and_a_hint() -> None:
    protocol = make_sound(("r", URGENT, "not flag and mild and not mild"), gates=(), regions=())

    for problem in list_problems(protocol):
        assert problem.message
        assert problem.hint


def test_the_order_of_rules_and_findings_does_not_matter() -> None:
    protocol = make_sound(("r", URGENT, "not flag and mild and not mild"), gates=())
    turned = replace(protocol, rules=protocol.rules[::-1], findings=protocol.findings[::-1])

    assert list_problems(turned) == list_problems(protocol)


@given(expressions, scores())
@settings(max_examples=40, deadline=None)
def test_what_it_calls_unreachable_no_person_reaches(
    node: Expression, defined: tuple[Score, ...]
) -> None:
    protocol = make_protocol([], " ".join(NAMES), scores=defined)
    form = normalise(node, {score.id: score for score in defined})

    people = list_people(set(NUMBER.findall(render(node) + repr(defined))))
    reached = any(tell(node, protocol, person) for person in people)

    assert is_satisfiable(form) is reached


NUMBER = re.compile(r"\d+")


def list_people(numbers: set[str]) -> list[Facts]:
    """Every set of answers, of either sex, at each age where a comparison could turn."""
    near = {0, *(int(number) + step for number in numbers for step in (-1, 0, 1))}
    ages = {number * unit for number in near for unit in (1, 12) if number >= 0}
    answers = [
        {name: ANSWERS[number >> bit & 1] for bit, name in enumerate(NAMES)}
        for number in range(2 ** len(NAMES))
    ]
    sexes = (Sex.MALE, Sex.FEMALE)
    return [Facts(given, None, age, sex) for given in answers for age in ages for sex in sexes]


ANSWERS = (Presence.ABSENT, Presence.PRESENT)
