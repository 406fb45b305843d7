"""What expressions mean: the readable definition, the fast compiled form, and three opinions from
outside must agree.
"""

from dataclasses import replace
from itertools import combinations

import fhirpathpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.core.builders import ROUTINE, make_facts, make_protocol, make_rule, make_score
from tests.triage.core.oracle import list_completions, tell
from tests.triage.core.strategies import (
    NAMES,
    expressions,
    facts,
    finding_expressions,
    read_once_expressions,
    scores,
)
from triage.core.circuits import BOTH, FALSE, OPEN, TRUE
from triage.core.compiled import compile_protocol
from triage.core.expressions import (
    And,
    AtLeast,
    Expression,
    FindingRef,
    Not,
    Or,
    parse,
)
from triage.core.facts import Facts, Presence
from triage.core.interpret import interpret
from triage.core.protocol import Score
from triage.core.truth import Truth

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE
TRUTHS = {True: T, False: F, None: U}
LISTED = " ".join(NAMES)


def compute(node: Expression, known: Facts, defined: tuple[Score, ...] = ()) -> Truth:
    """By the compiled form."""
    protocol = make_protocol([make_rule("rule", ROUTINE, node)], LISTED, scores=defined)
    compiled = compile_protocol(protocol)
    value = compiled.raising_rules[0].circuit(compiled.table.read(known).values, BOTH)
    return {TRUE: T, OPEN: U, FALSE: F}[value]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("a", make_facts("a"), T),
        ("a", make_facts("", "a"), F),
        ("a", make_facts("", "", "a"), U),
        ("a", Facts(), U),
        ("a and not b", make_facts("a", "b"), T),
        ("a and b", make_facts("", "b"), F),
        ("a or b", make_facts("b"), T),
        ("a or not a", Facts(), U),
        ("at_least(2, a, b, c)", make_facts("a b"), T),
        ("at_least(2, a, b, c)", make_facts("a"), U),
        ("at_least(2, a, b, c)", make_facts("", "a b"), F),
        ("not at_least(2, a, b, c)", make_facts("", "a b"), T),
        ("at_least(1)", make_facts("a"), F),
        ("at_least(3, a, b)", make_facts("a b"), F),
        ("wells >= 1", make_facts("a", "c"), T),
        ("wells >= 1", make_facts("a"), U),
        ("wells < -2", Facts(), F),
        ("wells >= -2", Facts(), T),
        ("wells == 2", make_facts("a b", "c"), T),
        ("wells != 2", make_facts("c"), T),
        ("age_years < 16", Facts(age_years=15), T),
        ("age_years < 16", Facts(age_months=191), T),
        ("age_years < 16", Facts(age_months=192), F),
        ("age_years >= 0", Facts(), U),
        ("age_months < 18", Facts(age_years=1), U),
        ("age_months < 12", Facts(age_years=1), F),
        ("age_months >= 12", Facts(age_years=1), T),
        ("sex == male", make_facts(sex="male"), T),
        ("sex == male", make_facts(sex="female"), F),
        ("sex == male or sex == female", make_facts(sex="other"), U),
    ],
)
def test_an_expression_means(text: str, known: Facts, expected: Truth) -> None:
    wells = make_score("wells", {"a": 1, "b": 1, "c": -2})

    assert interpret(parse(text), known, {"wells": wells}) is expected
    assert compute(parse(text), known, (wells,)) is expected


@given(expressions, scores(), facts())
@settings(max_examples=40)
def test_the_compiled_form_agrees_with_the_definition_and_with_an_independent_reading(
    node: Expression, defined: tuple[Score, ...], known: Facts
) -> None:
    protocol = make_protocol([], LISTED, scores=defined)

    meaning = interpret(node, known, {score.id: score for score in defined})

    assert compute(node, known, defined) is meaning
    assert TRUTHS[tell(node, protocol, known)] is meaning


@given(read_once_expressions(), facts())
@settings(max_examples=40)
def test_where_each_finding_occurs_once_it_says_what_all_completions_agree_on(
    node: Expression, known: Facts
) -> None:
    answers = {interpret(node, complete, {}) for complete in list_completions(known, NAMES)}

    expected = U if len(answers) == 2 else answers.pop()
    assert compute(node, known) is expected


@given(expressions, scores(), facts())
@settings(max_examples=40)
def test_what_is_settled_holds_in_every_completion(
    node: Expression, defined: tuple[Score, ...], known: Facts
) -> None:
    truth = compute(node, known, defined)

    if truth is not U:
        for complete in list_completions(known, NAMES):
            assert compute(node, complete, defined) is truth


def write_fhirpath(node: Expression) -> str:
    match node:
        case FindingRef(name):
            return f"({name})"
        case Not(operand):
            return f"({write_fhirpath(operand)}.not())"
        case And(operands):
            return f"({' and '.join(map(write_fhirpath, operands))})"
        case Or(operands):
            return f"({' or '.join(map(write_fhirpath, operands))})"
        case AtLeast(number, operands):
            choices = [
                " and ".join(map(write_fhirpath, some)) for some in combinations(operands, number)
            ]
            return f"({' or '.join(f'({choice})' for choice in choices)})" if choices else "false"
        case _:
            raise TypeError(node)


@given(finding_expressions, st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Presence)))
@settings(max_examples=25, deadline=None)
def test_fhirpath_finds_the_same(node: Expression, answers: dict[str, Presence]) -> None:
    resource = {
        name: value is Presence.PRESENT
        for name, value in answers.items()
        if value is not Presence.UNKNOWN
    }

    found = fhirpathpy.evaluate(resource, write_fhirpath(node))

    assert TRUTHS[found[0] if found else None] is compute(node, Facts(answers))


@given(expressions, scores(), facts())
@settings(max_examples=40)
def test_a_world_shows_what_one_flipped_answer_would_give(
    node: Expression, defined: tuple[Score, ...], known: Facts
) -> None:
    protocol = make_protocol([make_rule("rule", ROUTINE, node)], LISTED, scores=defined)
    compiled = compile_protocol(protocol)
    table = compiled.table

    worlds = compiled.raising_rules[0].circuit(table.flip(table.read(known)), table.everything)

    opposite = {Presence.PRESENT: Presence.ABSENT, Presence.ABSENT: Presence.PRESENT}
    for name, value in known.findings.items():
        if value in opposite:
            flipped = replace(known, findings={**known.findings, name: opposite[value]})
            is_true = compute(node, flipped, defined) is T
            assert bool(worlds & table.finding_bits[name]) is is_true
