"""How an expression came to its truth, step by step, for whoever writes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.core.expressions import Compare, Expression, describe, get_operands, render
from triage.core.facts import Facts, Interval
from triage.core.interpret import interpret, score_interval
from triage.core.parts import Score, ScoreItem
from triage.core.truth import Truth


@dataclass(frozen=True)
class Step:
    """A part of an expression, as text and in words, with its truth and what that rests on."""

    text: str
    words: str
    truth: Truth
    interval: Interval | None = None
    """What is known of the score or the age that it compares."""
    points: int | None = None
    """What it counts, where it is an item of a score."""
    steps: tuple["Step", ...] = ()


def trace(
    node: Expression, facts: Facts, scores: Mapping[str, Score], phrases: Mapping[str, str]
) -> Step:
    """The expression with all below it, with every finding read as it was answered.

    `phrases` are those of `describe`. A score's items stand below its comparison.
    """
    below = tuple(trace(operand, facts, scores, phrases) for operand in get_operands(node))
    interval = None
    if isinstance(node, Compare):
        if node.quantity.is_age:
            interval = facts.get_age(node.quantity.name)
        else:
            score = scores[node.quantity.name]
            interval = score_interval(score, facts, scores)
            below = _trace_items(score, facts, scores, phrases)
    truth = interpret(node, facts, scores)
    return Step(render(node), describe(node, phrases), truth, interval, steps=below)


def _trace_items(
    score: Score, facts: Facts, scores: Mapping[str, Score], phrases: Mapping[str, str]
) -> tuple[Step, ...]:
    return tuple(_trace_item(item, facts, scores, phrases) for item in score.items)


def _trace_item(
    item: ScoreItem, facts: Facts, scores: Mapping[str, Score], phrases: Mapping[str, str]
) -> Step:
    if item.when is None:
        return Step("", f"{item.label} (cannot be asked here)", Truth.UNKNOWN, points=item.points)
    step = trace(item.when, facts, scores, phrases)
    return Step(step.text, item.label, step.truth, points=item.points, steps=step.steps)
