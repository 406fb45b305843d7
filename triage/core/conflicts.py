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

from triage.core.circuits import OPEN, TRUE, Values
from triage.core.expressions import FindingRef
from triage.core.literals import LiteralTable
from triage.core.normal_form import Literal
from triage.core.parts import Conflict


@dataclass(slots=True)
class CompiledConflict:
    conflict: Conflict
    findings: int
    """The findings as a bit set."""

    asserted: tuple[int, ...]
    """The places of the findings."""

    denied_others: tuple[tuple[int, int], ...]
    """The place of `not b`, and b's bit, for each finding but the one that is believed."""


def compile_conflict(conflict: Conflict, table: LiteralTable) -> CompiledConflict:
    return CompiledConflict(
        conflict,
        sum(table.finding_bits[name] for name in conflict.findings),
        tuple(table.places[Literal(FindingRef(name), True)] for name in conflict.findings),
        tuple(
            (table.places[Literal(FindingRef(name), False)], table.finding_bits[name])
            for name in conflict.others
        ),
    )


@dataclass(slots=True)
class Cautious:
    """The literals as rules that raise should read them."""

    values: Values
    doubts: dict[int, int]
    """By the place of `not b`, the facts it waits for as far as they are unknown."""


def read_cautiously(
    values: Values, present: int, absent: int, conflicts: tuple[CompiledConflict, ...]
) -> Cautious:
    """A conflict of which one finding is absent changes nothing: there is no contradiction."""
    values = values.copy()
    doubts: dict[int, int] = {}
    for conflict in conflicts:
        findings = conflict.findings
        if findings & absent:
            for place, bit in conflict.denied_others:
                doubts[place] = doubts.get(place, 0) | bit
        else:
            value = OPEN if findings & ~present else TRUE
            for place, _ in conflict.denied_others:
                doubts[place] = doubts.get(place, 0) | findings
                values[place] |= value
    return Cautious(values, doubts)


def read_flips_cautiously(flips: Values, conflicts: tuple[CompiledConflict, ...]) -> Values:
    """The same for worlds of which each has one answer the other way round."""
    values = flips.copy()
    for conflict in conflicts:
        together = flips[conflict.asserted[0]]
        for place in conflict.asserted[1:]:
            together &= flips[place]
        for place, _ in conflict.denied_others:
            values[place] |= together
    return values
