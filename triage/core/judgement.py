"""Sorts every rule into true, open and false."""

from dataclasses import dataclass

from triage.core.circuits import BOTH, OPEN, TRUE, Values
from triage.core.compiled import CompiledProtocol, CompiledRule
from triage.core.reading import Reading


@dataclass(slots=True)
class Judgement:
    """Each in the order of the compiled protocol."""

    true: list[CompiledRule]
    open: list[CompiledRule]
    false: list[CompiledRule]


def judge_raising(compiled: CompiledProtocol, reading: Reading) -> Judgement:
    """Every rule that can raise the urgency, highest urgency first."""
    return _judge(compiled.raising_rules, reading.cautious.values, reading.answers.known)


def judge_self_care(compiled: CompiledProtocol, reading: Reading) -> Judgement:
    """The rules for self-care, by id."""
    return _judge(compiled.self_care_rules, reading.answers.values, reading.answers.known)


def _judge(rules: tuple[CompiledRule, ...], values: Values, known: int) -> Judgement:
    true: list[CompiledRule] = []
    undecided: list[CompiledRule] = []
    false: list[CompiledRule] = []
    for rule in rules:
        value = rule.circuit(values, BOTH) if rule.facts & known else rule.untouched
        if value == OPEN:
            undecided.append(rule)
        elif value == TRUE:
            true.append(rule)
        else:
            false.append(rule)
    return Judgement(true, undecided, false)
