"""Which cases exercise which rules, and what no case exercises. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calfcms.urgency import Urgency
from triage.case_answers import Case, list_cases, read_asked_facts
from triage.core.checks.shadows import list_shadowed_rules
from triage.core.compiled import compile_protocol
from triage.core.decision import decide
from triage.core.facts import Presence
from triage.core.judgement import judge_raising, judge_self_care
from triage.core.parts import Rule
from triage.core.protocol import Protocol
from triage.core.reading import read_facts


@dataclass(frozen=True)
class RuleCoverage:
    """What the cases say about one rule."""

    rule: Rule
    true_in: tuple[str, ...]
    """The cases in which it is true."""
    decides: tuple[str, ...]
    """Those that would be answered otherwise without it: no other rule gives the answer."""
    shadowed_by: Rule | None
    """A rule that is always true with it and at least as urgent."""

    @property
    def is_dead(self) -> bool:
        """Whether it is true in no case, so that nothing shows what it does."""
        return not self.true_in


@dataclass(frozen=True)
class Coverage:
    """Every rule of a protocol, and the findings that nobody in its cases has."""

    rules: tuple[RuleCoverage, ...]
    idle_findings: tuple[str, ...]

    @property
    def dead_rules(self) -> list[RuleCoverage]:
        """The rules that are true in no case."""
        return [rule for rule in self.rules if rule.is_dead]


def cover(protocol: Protocol, content: Mapping[str, Any]) -> Coverage:
    """What the cases of the content exercise of the protocol, in the protocol's order."""
    cases = list_cases(content)
    true = {case.id: _list_true(case, protocol) for case in cases}
    shadows = {rule.id: other for rule, other in list_shadowed_rules(protocol)}
    rules = (
        RuleCoverage(
            rule,
            tuple(name for name, (ids, _) in true.items() if rule.id in ids),
            tuple(name for name, (_, decisive) in true.items() if decisive == [rule.id]),
            shadows.get(rule.id),
        )
        for rule in protocol.rules
    )
    return Coverage(tuple(rules), tuple(_list_idle_findings(protocol, cases)))


def answer_with_rules(case: Case, protocol: Protocol) -> tuple[Urgency, list[Rule]]:
    """What the case is answered, and the rules that are true for it."""
    compiled = compile_protocol(protocol)
    reading = read_facts(compiled, read_asked_facts(case, protocol))
    raising, self_care = judge_raising(compiled, reading), judge_self_care(compiled, reading)
    answer = decide(compiled, reading, raising, self_care).urgency
    return answer, [entry.rule for entry in (*raising.true, *self_care.true)]


def _list_true(case: Case, protocol: Protocol) -> tuple[set[str], list[str]]:
    """The rules that are true, and those among them that give the answer."""
    answer, rules = answer_with_rules(case, protocol)
    return {rule.id for rule in rules}, [rule.id for rule in rules if rule.urgency is answer]


def _list_idle_findings(protocol: Protocol, cases: Sequence[Case]) -> list[str]:
    present = {
        name
        for case in cases
        for name, value in case.data["findings"].items()
        if value == Presence.PRESENT
    }
    return [finding.id for finding in protocol.findings if finding.id not in present]
