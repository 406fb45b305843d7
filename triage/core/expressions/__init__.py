"""The language that rules are written in: `fever and not vaccinated`, `at_least(2, a, b,
c)`, `wells_dvt >= 2`.
"""

from triage.core.expressions.names import list_finding_ids, list_nodes, list_score_ids
from triage.core.expressions.nodes import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    NodeError,
    Not,
    Or,
    Quantity,
    SexIs,
    get_operands,
)
from triage.core.expressions.parser import parse
from triage.core.expressions.text import describe, render
from triage.core.expressions.tokens import ExpressionError
from triage.core.expressions.vocabulary import Vocabulary, suggest

__all__ = [
    "And",
    "AtLeast",
    "Compare",
    "Comparison",
    "Expression",
    "ExpressionError",
    "FindingRef",
    "NodeError",
    "Not",
    "Or",
    "Quantity",
    "SexIs",
    "Vocabulary",
    "describe",
    "get_operands",
    "list_finding_ids",
    "list_nodes",
    "list_score_ids",
    "parse",
    "render",
    "suggest",
]
