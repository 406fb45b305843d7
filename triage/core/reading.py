"""One person's facts in the form that the circuits take."""

from dataclasses import dataclass

from triage.core.compiled import CompiledProtocol
from triage.core.conflicts import read_cautiously
from triage.core.facts import Facts
from triage.core.lanes import Literals
from triage.core.literals import Answers
from triage.core.parts import Conflict


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts as they were answered, and as rules that raise read them."""

    answers: Answers
    cautious: Literals
    """The literals as rules that raise read them; see `conflicts`."""

    contradictions: tuple[Conflict, ...]
    """Those that the answers already make."""

    possible_contradictions: int
    """The findings of those that an answer still to come could make."""


def read_facts(compiled: CompiledProtocol, facts: Facts) -> Reading:
    """Refuses facts about findings that the protocol does not have."""
    table = compiled.table
    answers = table.read(facts)
    made, possible = [], 0
    for entry in compiled.conflicts:
        if not entry.findings & ~answers.present:
            made.append(entry.conflict)
        elif not entry.findings & answers.absent:
            possible |= entry.findings
    cautious = read_cautiously(answers.literals, compiled.conflicts, table.everywhere)
    contradictions = tuple(sorted(made, key=lambda conflict: conflict.findings))
    return Reading(answers, cautious, contradictions, possible)
