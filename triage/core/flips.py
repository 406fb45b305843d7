"""What would change an answer: the fewest findings that switch a rule, and the single findings that
move the urgency.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from calfcms.urgency import Urgency
from triage.core.circuits import BOTH, OPEN, TRUE
from triage.core.compiled import CompiledRule, compile_protocol
from triage.core.facts import Facts, Presence
from triage.core.protocol import Protocol
from triage.core.reading import read_facts
from triage.core.shortcut import decide_urgency
from triage.core.truth import Truth

MAX_ANSWERS = 3
"""So many answers at once are tried; what takes more is no near thing."""
MAX_TRIES = 1_500
"""So that a rule with dozens of findings is answered in time too."""

Answers = Mapping[str, Presence]


@dataclass(frozen=True)
class Flip:
    """Answers that differ from what was given, and the urgency that they lead to."""

    answers: Answers
    urgency: Urgency


def get_truth(protocol: Protocol, rule_id: str, facts: Facts) -> Truth:
    """The rule's truth as the evaluator reads these facts. Raises `KeyError` for no such rule."""
    return _judge(protocol, _get_rule(protocol, rule_id), facts)


def list_rule_flips(protocol: Protocol, rule_id: str, facts: Facts) -> list[Flip]:
    """The smallest changes of answers that make the rule true, or no longer true.

    All of them need the same number of answers; none where more than `MAX_ANSWERS` are needed.
    """
    rule = _get_rule(protocol, rule_id)
    is_true = _judge(protocol, rule, facts) is Truth.TRUE
    names = [name for name, bit in rule.names if rule.findings & bit]
    tries = 0
    for size in range(1, MAX_ANSWERS + 1):
        found = []
        for answers in _list_other_answers(names, size, facts):
            tries += 1
            changed = change_answers(facts, answers)
            if (_judge(protocol, rule, changed) is Truth.TRUE) is not is_true:
                found.append(Flip(answers, decide_urgency(protocol, changed)))
            if tries == MAX_TRIES:
                return found
        if found:
            return found
    return []


def list_urgency_flips(protocol: Protocol, facts: Facts) -> list[Flip]:
    """Each single answer that changes the urgency, the most urgent first."""
    now = decide_urgency(protocol, facts)
    names = [finding.id for finding in protocol.findings]
    flips = [
        Flip(answers, decide_urgency(protocol, change_answers(facts, answers)))
        for answers in _list_other_answers(names, 1, facts)
    ]
    return sorted(
        (flip for flip in flips if flip.urgency is not now), key=lambda flip: -flip.urgency.rank
    )


def change_answers(facts: Facts, answers: Answers) -> Facts:
    """The same person, with these answers instead."""
    return Facts({**facts.findings, **answers}, facts.age_years, facts.age_months, facts.sex)


def _list_other_answers(names: Sequence[str], size: int, facts: Facts) -> Iterator[Answers]:
    for chosen in combinations(names, size):
        for values in product((Presence.PRESENT, Presence.ABSENT), repeat=size):
            answers = dict(zip(chosen, values, strict=True))
            if all(facts.findings.get(name) != value for name, value in answers.items()):
                yield answers


def _judge(protocol: Protocol, rule: CompiledRule, facts: Facts) -> Truth:
    reading = read_facts(compile_protocol(protocol), facts)
    is_self_care = rule.rule.urgency is Urgency.SELF_CARE
    value = rule.circuit(reading.answers.values if is_self_care else reading.cautious.values, BOTH)
    if value == TRUE:
        return Truth.TRUE
    return Truth.UNKNOWN if value == OPEN else Truth.FALSE


def _get_rule(protocol: Protocol, rule_id: str) -> CompiledRule:
    compiled = compile_protocol(protocol)
    rules = (*compiled.raising_rules, *compiled.self_care_rules)
    found = next((rule for rule in rules if rule.rule.id == rule_id), None)
    if found is None:
        raise KeyError(rule_id)
    return found
