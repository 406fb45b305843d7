"""Answers that do not fit the person's age or sex. The answer is believed, which is the safer
reading, and the contradiction is said.
"""

from triage.core.compiled import CompiledProtocol
from triage.core.facts import Facts
from triage.core.parts import Conflict
from triage.core.reading import Reading


def list_misfits(
    compiled: CompiledProtocol, reading: Reading, facts: Facts
) -> tuple[Conflict, ...]:
    """One for each finding that is present and for others only, by id."""
    misfits = []
    for bit, applies in compiled.applicabilities:
        if bit & reading.answers.present and (clashes := applies.list_clashes(facts)):
            name = compiled.findings[bit.bit_length() - 1].id
            misfits.append(Conflict((name, *clashes), name))
    return tuple(sorted(misfits, key=lambda conflict: conflict.findings))
