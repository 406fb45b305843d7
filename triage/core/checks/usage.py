"""Parts that are there for nothing, and parts that are missing."""

from collections.abc import Iterator

from triage.core.evaluate import GENERIC_REGION
from triage.core.expressions import FindingRef, list_finding_ids
from triage.core.normal_form import list_literals, normalise
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol


def list_usage_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Unused findings, self-care without gates, an idle `repeat_contact`, no region."""
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
    if protocol.repeat_contact and protocol.repeat_contact not in _list_raising(protocol):
        message = f"an earlier contact stands for {protocol.repeat_contact}, which raises nothing"
        hint = "add a rule for it, or take repeat_contact out"
        yield ProtocolProblem("repeat_contact_without_rule", message, hint, "repeat_contact")
    if not any(region.code == GENERIC_REGION for region in protocol.regions):
        message, hint = (
            "there is no generic region",
            "say whom to call where the country is not known",
        )
        yield ProtocolProblem("generic_region_missing", message, hint, "regions")


def _list_raising(protocol: Protocol) -> set[str]:
    """The findings that some rule which raises the urgency uses as present."""
    scores = {score.id: score for score in protocol.scores}
    forms = (normalise(rule.when, scores) for rule in protocol.raising_rules)
    return {
        literal.atom.id
        for form in forms
        for literal in list_literals(form)
        if literal.positive and isinstance(literal.atom, FindingRef)
    }


def _list_used(protocol: Protocol) -> set[str]:
    used = {*protocol.gates, *filter(None, [protocol.repeat_contact])}
    used.update(*(list_finding_ids(node) for _, node in protocol.list_expressions()))
    used.update(*((*cause.supporting, *cause.opposing) for cause in protocol.causes))
    used.update(*(conflict.findings for conflict in protocol.conflicts))
    return used
