"""Lists the ids that an expression names."""

from collections.abc import Iterator

from triage.core.expressions.nodes import Compare, Expression, FindingRef, get_operands


def list_nodes(node: Expression) -> Iterator[Expression]:
    """The node and every node below it."""
    yield node
    for operand in get_operands(node):
        yield from list_nodes(operand)


def list_finding_ids(node: Expression) -> Iterator[str]:
    """The findings it names itself, not those behind a score."""
    return (part.id for part in list_nodes(node) if isinstance(part, FindingRef))


def list_score_ids(node: Expression) -> Iterator[str]:
    """The scores it compares."""
    comparisons = (part for part in list_nodes(node) if isinstance(part, Compare))
    return (part.quantity.name for part in comparisons if not part.quantity.is_age)
