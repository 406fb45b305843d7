"""Writes an expression back as source text, and in words for people."""

from collections.abc import Mapping

from triage.core.expressions.nodes import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    Not,
    Or,
    SexIs,
)

WORDS = {
    Comparison.LESS: "is under",
    Comparison.AT_MOST: "is at most",
    Comparison.MORE: "is over",
    Comparison.AT_LEAST: "is at least",
    Comparison.EQUAL: "is exactly",
    Comparison.NOT_EQUAL: "is not",
}
AGE_WORDS = {"age_years": "age in years", "age_months": "age in months"}


def render(node: Expression) -> str:
    """Source text. Parsing it gives the same node again."""
    match node:
        case FindingRef(name):
            return name
        case SexIs(sex):
            return f"sex == {sex}"
        case Compare(quantity, comparison, number):
            return f"{quantity.name} {comparison} {number}"
        case Not(operand):
            return f"not {_render_inside(operand, (And, Or))}"
        case And(operands):
            return " and ".join(_render_inside(operand, (And, Or)) for operand in operands)
        case Or(operands):
            return " or ".join(_render_inside(operand, (Or,)) for operand in operands)
        case AtLeast(number, operands):
            return f"at_least({', '.join([str(number), *map(render, operands)])})"


def _render_inside(node: Expression, bracketed: tuple[type, ...]) -> str:
    text = render(node)
    return f"({text})" if isinstance(node, bracketed) else text


def describe(node: Expression, phrases: Mapping[str, str]) -> str:
    """Plain words. `phrases` has the phrase of each finding and the title of each score; an id
    without one stands as it is.
    """
    match node:
        case FindingRef(name):
            return phrases.get(name, name)
        case SexIs(sex):
            return f"sex is {sex}"
        case Compare(quantity, comparison, number):
            name = quantity.name
            return f"{AGE_WORDS.get(name) or phrases.get(name, name)} {WORDS[comparison]} {number}"
        case Not(operand):
            return f"not: {_describe_inside(operand, phrases)}"
        case And(operands):
            return " and ".join(_describe_inside(operand, phrases) for operand in operands)
        case Or(operands):
            return " or ".join(_describe_inside(operand, phrases) for operand in operands)
        case AtLeast(number, operands):
            choices = "; ".join(describe(operand, phrases) for operand in operands)
            return f"at least {number} of ({choices})"


def _describe_inside(node: Expression, phrases: Mapping[str, str]) -> str:
    text = describe(node, phrases)
    return f"({text})" if isinstance(node, And | Or | Not) else text
