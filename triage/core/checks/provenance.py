"""Every rule says what it is, why it holds, where it comes from and since when."""

from collections.abc import Iterator

from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol

DEMANDS = (
    (
        "title",
        "rule_without_title",
        "has no title",
        "name the picture it recognises, in a few words",
    ),
    ("reason", "rule_without_reason", "gives no reason", "say in plain words why it matters"),
    ("references", "rule_without_reference", "names no source", "cite the guideline or study"),
    ("effective_from", "rule_without_effective_date", "has no date", "say since when it holds"),
)


def list_provenance_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """One problem for each field a rule leaves empty."""
    for rule in protocol.rules:
        for field, code, message, hint in DEMANDS:
            if not getattr(rule, field):
                yield ProtocolProblem(code, f"{rule.id} {message}", hint, f"rules/{rule.id}")
