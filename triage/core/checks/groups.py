"""Groups in `at_least` that can't do what they say."""

from collections.abc import Iterator

from triage.core.expressions import AtLeast, list_nodes
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol


def list_group_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Groups without members, and groups smaller than the number asked for."""
    for where, expression in protocol.list_expressions():
        for node in list_nodes(expression):
            if isinstance(node, AtLeast):
                yield from _check(node, where)


def _check(node: AtLeast, where: str) -> Iterator[ProtocolProblem]:
    size = len(node.operands)
    if not size:
        hint = f"write at_least({node.number}, first_finding, second_finding)"
        yield ProtocolProblem("empty_group", "at_least has nothing to count", hint, where)
    elif size < node.number:
        message = f"at_least asks for {node.number} of only {size}"
        yield ProtocolProblem("group_too_small", message, "lower the number or add findings", where)
