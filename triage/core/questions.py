"""What to ask next: answers that could move the disposition, the furthest move first.

Rules are taken by urgency, the highest first, as far as they are open, above the disposition and
within reach (see `outlook`); what could allow self-care comes last. Among the findings that rules
of one urgency wait for, red flags come first; then those of which one answer alone makes a rule
true; then those that put most rules out of reach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from calfcms.urgency import Urgency
from triage.core.compiled import CompiledProtocol
from triage.core.decision import Decision
from triage.core.evaluation import NextQuestion
from triage.core.facts import Facts
from triage.core.judgement import Judgement
from triage.core.outlook import (
    Outlook,
    Prospect,
    Sight,
    list_prospects,
    list_waits,
    look_ahead,
)
from triage.core.reading import Reading

MAX_QUESTIONS = 5
"""More at once is a form, not a conversation."""

WHY_GATE = "Must be ruled out before care at home can be advised"
WHY_CONTRADICTION = "Shows whether the answers fit together"


@dataclass(slots=True)
class Tier:
    """Where answers could lead: through rules, or by findings to ask for another reason."""

    urgency: Urgency
    prospects: list[Prospect]
    sight: Sight
    others: int = 0
    why: str = ""


def list_next_questions(
    compiled: CompiledProtocol,
    reading: Reading,
    decision: Decision,
    raising: Judgement,
    self_care: Judgement,
) -> tuple[NextQuestion, ...]:
    """Findings not asked yet: nobody is asked on after an emergency, nor asked again after "don't
    know". Age and sex are no findings; open rules list them as missing.
    """
    if decision.urgency is Urgency.EMERGENCY:
        return ()
    outlook = look_ahead(compiled, reading, _list_askable(compiled, reading.facts))
    chosen: list[NextQuestion] = []
    taken = 0
    for tier in _list_tiers(compiled, reading, decision, outlook, raising, self_care):
        for bit in _rank(compiled, outlook, tier, taken, MAX_QUESTIONS - len(chosen)):
            taken |= bit
            chosen.append(_word(compiled, outlook, tier, bit))
        if len(chosen) == MAX_QUESTIONS:
            break
    return tuple(chosen)


def _list_askable(compiled: CompiledProtocol, facts: Facts) -> int:
    """The findings but those that age or sex rule out."""
    askable = compiled.table.findings
    for bit, limits in compiled.applicabilities:
        if limits.is_ruled_out_by(facts):
            askable &= ~bit
    return askable


def _list_tiers(
    compiled: CompiledProtocol,
    reading: Reading,
    decision: Decision,
    outlook: Outlook,
    raising: Judgement,
    self_care: Judgement,
) -> Iterator[Tier]:
    """The highest urgency first, down to self-care."""
    above = decision.urgency.rank
    open_above = [rule for rule in raising.open if rule.rank > above]
    for _, rules in groupby(open_above, key=lambda rule: rule.rank):
        same = list(rules)
        prospects = list_prospects(compiled, outlook, same, outlook.raising)
        yield Tier(same[0].rule.urgency, prospects, outlook.raising)
    if decision.urgency is Urgency.SELF_CARE:
        rivals = outlook.unasked & reading.possible_contradictions
        yield Tier(Urgency.ROUTINE, [], outlook.raising, rivals, WHY_CONTRADICTION)
    elif decision.range.best_case is Urgency.SELF_CARE:
        yield from _list_self_care_tiers(compiled, reading, outlook, self_care)


def _list_self_care_tiers(
    compiled: CompiledProtocol, reading: Reading, outlook: Outlook, self_care: Judgement
) -> Iterator[Tier]:
    """Gates, then the rules for self-care unless one is true already. Nothing where a gate was
    asked and stays open: self-care can't be given any more.
    """
    gates = sum(bit for _, bit in compiled.gates if not bit & reading.answers.absent)
    if gates & ~outlook.unasked:
        return
    sight = outlook.self_care
    prospects = list_prospects(compiled, outlook, self_care.open, sight)
    if self_care.true or prospects:
        yield Tier(Urgency.SELF_CARE, [], sight, gates, WHY_GATE)
    if not self_care.true:
        yield Tier(Urgency.SELF_CARE, prospects, sight)


def _rank(
    compiled: CompiledProtocol, outlook: Outlook, tier: Tier, taken: int, limit: int
) -> Iterator[int]:
    """Bits of findings, the best to ask first: those that settle a rule alone, then the others that
    rules wait for.
    """
    decides = settles = 0
    closing = Tally()
    for _, deciding, closes in tier.prospects:
        decides |= deciding
        settles |= deciding | closes
        closing.add(closes)
    wishes = (compiled.red_flags, decides, *reversed(closing.planes))
    first = (tier.others | settles) & ~taken
    yield from _pick(first, wishes, limit)
    if (limit := limit - first.bit_count()) > 0:
        waits = 0
        for rule, _, _ in tier.prospects:
            waits |= list_waits(outlook, rule, tier.sight)
        yield from _pick(waits & ~(taken | first), wishes, limit)


def _pick(bits: int, wishes: tuple[int, ...], limit: int) -> Iterator[int]:
    """One bit after the other: each time those left that fulfil the first wish, as far as there are
    any; of these, those that fulfil the second; and so on, then the lowest.
    """
    for _ in range(min(limit, bits.bit_count())):
        best = bits
        for wish in wishes:
            best = best & wish or best
        best &= -best
        bits ^= best
        yield best


class Tally:
    """Counts how often each bit was added. The counts are binary numbers, one plane for a digit."""

    def __init__(self) -> None:
        self.planes: list[int] = []

    def add(self, bits: int) -> None:
        for position, plane in enumerate(self.planes):
            if not bits:
                return
            self.planes[position], bits = plane ^ bits, plane & bits
        if bits:
            self.planes.append(bits)


def _word(compiled: CompiledProtocol, outlook: Outlook, tier: Tier, bit: int) -> NextQuestion:
    finding = compiled.findings[bit.bit_length() - 1]
    why = finding.why or (tier.why if tier.others & bit else _find_title(outlook, tier, bit))
    return NextQuestion(finding, why, tier.urgency)


def _find_title(outlook: Outlook, tier: Tier, bit: int) -> str:
    """The title of the rule that the answer could make true, of several preferably alone."""
    for rule, decides, _ in tier.prospects:
        if decides & bit:
            return rule.rule.title
    return next(
        rule.rule.title
        for rule, _, _ in tier.prospects
        if rule.findings & bit and list_waits(outlook, rule, tier.sight) & bit
    )
