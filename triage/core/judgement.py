"""Sorts every rule into true, open and false."""

from dataclasses import dataclass

from triage.core.compiled import CompiledProtocol, CompiledRule
from triage.core.lanes import HERE, Literals
from triage.core.reading import Reading

RuleBits = tuple[CompiledRule, int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Rules that are true; open ones with the facts they still depend on; false ones with the
    findings that, flipped alone, would make them true.
    """

    true: list[CompiledRule]
    open: list[RuleBits]
    false: list[RuleBits]


def judge_raising(compiled: CompiledProtocol, reading: Reading) -> Judgement:
    """Every rule that can raise the urgency, highest urgency first."""
    return _judge(compiled.raising_rules, reading.cautious, reading.answers.known)


def judge_self_care(compiled: CompiledProtocol, reading: Reading) -> Judgement:
    """The rules for self-care, by id."""
    return _judge(compiled.self_care_rules, reading.answers.literals, reading.answers.known)


def _judge(rules: tuple[CompiledRule, ...], literals: Literals, known: int) -> Judgement:
    true, undecided, false = [], [], []
    for rule in rules:
        must, could, unsettled = rule.circuit(literals) if rule.facts & known else rule.untouched
        if must & HERE:
            true.append(rule)
        elif could & HERE:
            undecided.append((rule, unsettled))
        else:
            false.append((rule, must))
    return Judgement(true, undecided, false)
