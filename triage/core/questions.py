"""What to ask next: answers that could move the disposition, the furthest move first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from calfcms.urgency import Urgency
from triage.core.compiled import CompiledProtocol, NamedBits
from triage.core.decision import Decision
from triage.core.evaluation import NextQuestion
from triage.core.judgement import Judgement, RuleBits
from triage.core.parts import Finding
from triage.core.reading import Reading

MAX_QUESTIONS = 5
"""More at once is a form, not a conversation."""

WHY_GATE = "Must be ruled out before care at home can be advised"
WHY_CONTRADICTION = "Shows whether the answers fit together"


@dataclass(slots=True)
class Motive:
    """Why to ask about one finding: a reason for each open rule that waits for it."""

    reasons: list[str] = field(default_factory=list)
    decides: bool = False
    """Whether a yes alone makes one of those rules true."""


Motives = dict[str, Motive]


def list_next_questions(
    compiled: CompiledProtocol,
    reading: Reading,
    decision: Decision,
    raising: Judgement,
    self_care: Judgement,
) -> tuple[NextQuestion, ...]:
    """Unknown findings not asked yet: nobody is asked on after an emergency, nor asked again after
    "don't know". Age and sex are no findings; open rules list them as missing.
    """
    chosen: dict[str, NextQuestion] = {}
    for urgency, motives in _list_tiers(compiled, reading, decision, raising, self_care):
        for question in _rank(compiled, urgency, motives):
            chosen.setdefault(question.finding.id, question)
            if len(chosen) == MAX_QUESTIONS:
                return tuple(chosen.values())
    return tuple(chosen.values())


def _list_tiers(
    compiled: CompiledProtocol,
    reading: Reading,
    decision: Decision,
    raising: Judgement,
    self_care: Judgement,
) -> Iterator[tuple[Urgency, Motives]]:
    """Where answers could lead, furthest up first; down to self-care last."""
    above = decision.urgency.rank
    unasked = ~reading.answers.asked
    open_above = [entry for entry in raising.open if entry[0].rank > above]
    for urgency, rules in groupby(open_above, key=lambda entry: entry[0].rule.urgency):
        yield urgency, _collect(rules, unasked)
    if decision.urgency is Urgency.SELF_CARE:
        rivals = unasked & reading.possible_contradictions
        names = tuple(compiled.table.finding_bits.items())
        yield Urgency.ROUTINE, _give(names, rivals, WHY_CONTRADICTION)
    elif decision.range.best_case is Urgency.SELF_CARE:
        gates = _give(compiled.gates, unasked, WHY_GATE)
        yield Urgency.SELF_CARE, _collect(self_care.open, unasked) | gates


def _collect(rules: Iterable[RuleBits], unasked: int) -> Motives:
    """The facts that open rules wait for, each with the titles of those rules."""
    motives: Motives = {}
    for rule, unsettled in rules:
        wanted = unsettled & unasked
        deciders = rule.deciders
        for name, bit in rule.names:
            if wanted & bit:
                motive = motives.setdefault(name, Motive())
                motive.reasons.append(rule.rule.title)
                motive.decides |= bool(deciders & bit)
    return motives


def _give(names: NamedBits, bits: int, why: str) -> Motives:
    return {name: Motive([why]) for name, bit in names if bit & bits}


def _rank(compiled: CompiledProtocol, urgency: Urgency, motives: Motives) -> Iterator[NextQuestion]:
    """Red flags first, then answers that decide alone, then by how many open rules wait for it."""
    findings = compiled.findings
    askable = [(findings[name], motive) for name, motive in motives.items() if name in findings]
    askable.sort(key=_order)
    for finding, motive in askable:
        yield NextQuestion(finding, finding.why or motive.reasons[0], urgency)


def _order(pair: tuple[Finding, Motive]) -> tuple[bool, bool, int, str]:
    finding, motive = pair
    return not finding.red_flag, not motive.decides, -len(motive.reasons), finding.id
