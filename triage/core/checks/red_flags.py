"""A red flag may only ever raise the urgency. Held by every rule on its own, this makes the whole
protocol monotone.

A rule that raises uses red flags un-negated only, a rule for self-care negated only; looked at in
normal form, hence also through `at_least`, through scores with minus points and through the
direction of a comparison.
"""

from collections.abc import Iterator

from triage.core.expressions import FindingRef
from triage.core.normal_form import list_literals, normalise
from triage.core.parts import Rule
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol

Uses = set[tuple[str, bool]]
"""Finding ids, with whether the finding is used as present."""


def list_red_flag_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Red flags used in the direction that could lower the urgency, and red flags that raise
    nothing.
    """
    red_flags = {finding.id for finding in protocol.findings if finding.red_flag}
    raised: set[str] = set()
    for rule in protocol.raising_rules:
        uses = _list_uses(rule, protocol)
        raised |= {name for name, is_present in uses if is_present}
        yield from (
            _describe_negated(rule, name) for name in _pick(uses, red_flags, is_present=False)
        )
    for rule in protocol.self_care_rules:
        uses = _list_uses(rule, protocol)
        yield from (
            _describe_asserted(rule, name) for name in _pick(uses, red_flags, is_present=True)
        )
    yield from (_describe_unused(name) for name in sorted(red_flags - raised))


def _list_uses(rule: Rule, protocol: Protocol) -> Uses:
    form = normalise(rule.when, {score.id: score for score in protocol.scores})
    literals = list_literals(form)
    return {(part.atom.id, part.positive) for part in literals if isinstance(part.atom, FindingRef)}


def _pick(uses: Uses, red_flags: set[str], *, is_present: bool) -> list[str]:
    return sorted(name for name, direction in uses if direction is is_present and name in red_flags)


def _describe_negated(rule: Rule, name: str) -> ProtocolProblem:
    message = f"{rule.id} could be switched off by the red flag {name}"
    hint = f"remove `not {name}`; mind minus points, < and == too, which negate without the word"
    return ProtocolProblem("red_flag_negated", message, hint, f"rules/{rule.id}")


def _describe_asserted(rule: Rule, name: str) -> ProtocolProblem:
    message = f"{rule.id} advises self-care because of the red flag {name}"
    hint = f"write not {name}, or take the mark off the finding"
    return ProtocolProblem("red_flag_in_self_care", message, hint, f"rules/{rule.id}")


def _describe_unused(name: str) -> ProtocolProblem:
    message, hint = (
        f"the red flag {name} raises the urgency in no rule",
        "add a rule, or take the mark off",
    )
    return ProtocolProblem("red_flag_finding_without_rule", message, hint, f"findings/{name}")
