"""Counting points in many worlds at once, against counting them world by world."""

from itertools import product

import pytest

from tests.triage.core.builders import (
    SELF_CARE,
    URGENT,
    make_facts,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.circuits import BOTH, FALSE, OPEN, TRUE, compile_circuit, reach
from triage.core.compiled import compile_protocol
from triage.core.evaluate import evaluate
from triage.core.expressions import FindingRef
from triage.core.normal_form import Literal, Threshold

WORLDS = 16
EVERYWHERE = (1 << WORLDS) - 1
PARTS = tuple(sum(1 << world for world in range(WORLDS) if world >> n & 1) for n in range(4))
"""Of four parts, each world has another choice true."""
WEIGHTS = [weights for weights in product((1, 2, 3), repeat=4) if list(weights) == sorted(weights)]


def count(parts: tuple[int, ...], weights: tuple[int, ...], least: int) -> int:
    worlds = 0
    for world in range(WORLDS):
        points = sum(w for part, w in zip(parts, weights, strict=True) if part >> world & 1)
        worlds |= (points >= least) << world
    return worlds


@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_loop_and_what_is_written_out_count_as_world_by_world(
    weights: tuple[int, ...],
) -> None:
    literals = tuple(Literal(FindingRef(name), True) for name in "abcd")
    places = {literal: place for place, literal in enumerate(literals)}

    for least in range(-1, sum(weights) + 2):
        circuit = compile_circuit(Threshold(literals, weights, least), places)
        expected = count(PARTS, weights, least)
        assert reach(EVERYWHERE, PARTS, weights, least) == expected
        assert circuit(list(PARTS), EVERYWHERE) == expected


@pytest.mark.parametrize("settled", [0, EVERYWHERE])
def test_parts_that_are_true_in_every_world_or_in_none_count_too(settled: int) -> None:
    parts, weights = (settled, *PARTS[:2], settled), (2, 1, 3, 1)

    for least in range(9):
        assert reach(EVERYWHERE, parts, weights, least) == count(parts, weights, least)


NAMES = [f"f{number}" for number in range(20)]
MANY = make_protocol([make_rule("r", URGENT, f"at_least(12, {', '.join(NAMES)})")], " ".join(NAMES))


@pytest.mark.parametrize(
    ("present", "absent", "value"), [(12, 0, TRUE), (11, 0, OPEN), (11, 8, OPEN), (11, 9, FALSE)]
)
def test_a_group_too_long_to_be_written_out_counts_the_same(
    present: int, absent: int, value: int
) -> None:
    compiled = compile_protocol(MANY)
    yes, no = NAMES[:present], NAMES[20 - absent :] if absent else []

    answers = compiled.table.read(make_facts(" ".join(yes), " ".join(no)))

    assert compiled.raising_rules[0].circuit(answers.values, BOTH) == value


def test_a_long_group_says_what_is_missing_and_what_made_it_true() -> None:
    open_answer = evaluate(MANY, make_facts(" ".join(NAMES[:11]), " ".join(NAMES[13:])))
    true_answer = evaluate(MANY, make_facts(" ".join(NAMES[:12]), " ".join(NAMES[13:])))

    assert open_answer.not_excluded[0].missing == ("f11", "f12")
    assert [name for name, _ in true_answer.matched[0].findings] == sorted(NAMES[:12])


def test_parts_without_a_weight_are_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        reach(EVERYWHERE, PARTS, (1, 1), 1)


def test_a_part_that_is_always_true_hides_no_near_miss_and_no_item_of_a_score() -> None:
    score = make_score("points", {"a": 1, "a and not at_least(3, b, c)": 2})
    rules = [
        make_rule("r", URGENT, "a and b and points >= 0"),
        make_rule("home", SELF_CARE, "a and c and points >= 0"),
    ]
    protocol = make_protocol(rules, "a b c", scores=(score,))

    answer = evaluate(protocol, make_facts("a", "b c"))

    assert [miss.finding for miss in answer.near_misses] == ["b", "c"]
    assert (answer.scores[0].known, answer.scores[0].low, answer.scores[0].high) == (2, 3, 3)
