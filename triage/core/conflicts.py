"""Reads contradictory answers in the safer way, and says so.

A conflict names findings that can't all be present. When they are, at least one answer is wrong and
nobody knows which. The finding in `read_as` is believed. Each other counts as present where its
presence raises the urgency (`both_legs and weak_legs`) and as absent where its absence does
(`calf_swelling and not both_legs`): in rules that raise, `not b` reads as `not b or (a and b)`.

Why not simply read `b` as absent or as unknown? A rule that needs `b` would then switch off, so one
more red flag answered present could lower the urgency. Read as above, nothing un-negated is
touched: answers that contradict each other can switch a rule on and never off. And since the
reading is itself Kleene logic over the answers, a rule that is settled stays settled whatever is
answered next, a contradiction included; the price is that `not b` stays open until `a` is answered
too.

Rules for self-care read everything as answered, and self-care is withheld while answers contradict
each other.
"""

from dataclasses import dataclass

from triage.core.expressions import FindingRef
from triage.core.lanes import HERE, Literals
from triage.core.literals import LiteralTable
from triage.core.normal_form import Literal
from triage.core.parts import Conflict


@dataclass(frozen=True, slots=True)
class CompiledConflict:
    conflict: Conflict
    findings: int
    """The findings as a bit set."""

    asserted: tuple[int, ...]
    """The places of the findings."""

    denied_others: tuple[int, ...]
    """The places of `not b` for each finding but the one that is believed."""


def compile_conflict(conflict: Conflict, table: LiteralTable) -> CompiledConflict:
    return CompiledConflict(
        conflict,
        sum(table.finding_bits[name] for name in conflict.findings),
        tuple(table.places[Literal(FindingRef(name), True)] for name in conflict.findings),
        tuple(table.places[Literal(FindingRef(name), False)] for name in conflict.others),
    )


def read_cautiously(
    as_answered: Literals, conflicts: tuple[CompiledConflict, ...], everywhere: int
) -> Literals:
    """The literals as rules that raise should read them."""
    literals = as_answered.copy()
    for conflict in conflicts:
        must, could, unsettled = everywhere, everywhere, 0
        for place in conflict.asserted:
            must &= as_answered[place][0]
            could &= as_answered[place][1]
            unsettled |= as_answered[place][2]
        for place in conflict.denied_others if could else ():
            denied = literals[place]
            must_not, could_not = denied[0] | must, denied[1] | could
            is_open = (must_not ^ could_not) & HERE
            literals[place] = must_not, could_not, (denied[2] | unsettled) if is_open else 0
    return literals
