"""Parts that are there for nothing, and parts that are missing."""

from collections.abc import Iterator

from triage.core.evaluate import GENERIC_REGION
from triage.core.expressions import list_finding_ids
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol


def list_usage_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Unused findings, self-care without gates, no generic region."""
    used = _list_used(protocol)
    for finding in protocol.findings:
        if finding.id not in used:
            message, hint = (
                f"nothing uses {finding.id}",
                "use it or remove it: nobody answers questions for fun",
            )
            yield ProtocolProblem("unused_finding", message, hint, f"findings/{finding.id}")
    if protocol.self_care_rules and not protocol.gates:
        message = "self-care can be advised and no finding must be ruled out first"
        hint = "list the red flags that must be answered absent before self-care"
        yield ProtocolProblem("gate_missing", message, hint, "gates")
    if not any(region.code == GENERIC_REGION for region in protocol.regions):
        message, hint = (
            "there is no generic region",
            "say whom to call where the country is not known",
        )
        yield ProtocolProblem("generic_region_missing", message, hint, "regions")


def _list_used(protocol: Protocol) -> set[str]:
    used = {*protocol.gates, *filter(None, [protocol.repeat_contact])}
    used.update(*(list_finding_ids(node) for _, node in protocol.list_expressions()))
    used.update(*((*cause.supporting, *cause.opposing) for cause in protocol.causes))
    used.update(*(conflict.findings for conflict in protocol.conflicts))
    return used
