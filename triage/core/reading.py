"""One person's facts in the form that the circuits take."""

from dataclasses import dataclass

from triage.core.compiled import CompiledProtocol
from triage.core.conflicts import Cautious, read_cautiously
from triage.core.facts import Facts
from triage.core.literals import Answers
from triage.core.parts import Conflict


@dataclass(slots=True)
class Reading:
    """The facts as they were answered, and as rules that raise read them."""

    facts: Facts
    answers: Answers
    cautious: Cautious
    """The literals as rules that raise read them; see `conflicts`."""

    contradictions: tuple[Conflict, ...]
    """Those that the answers already make."""

    possible_contradictions: int
    """The findings of those that an answer still to come could make."""


def read_facts(compiled: CompiledProtocol, facts: Facts) -> Reading:
    """Refuses facts about findings that the protocol does not have."""
    answers = compiled.table.read(facts)
    present, absent = answers.present, answers.absent
    made, possible = [], 0
    for entry in compiled.conflicts:
        if not entry.findings & ~present:
            made.append(entry.conflict)
        elif not entry.findings & absent:
            possible |= entry.findings
    cautious = read_cautiously(answers.values, present, absent, compiled.conflicts)
    contradictions = tuple(sorted(made, key=lambda conflict: conflict.findings))
    return Reading(facts, answers, cautious, contradictions, possible)
