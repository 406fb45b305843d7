"""What answers still to come could do to the open rules. "Don't know" is final here: nobody is
asked twice.

Every open rule is evaluated once, in many worlds. Each finding that may still be asked has two: in
one it alone is answered, as the rule likes it; in the other it alone is answered otherwise and
everything else helps. In one more world everything helps. A single number then tells which answers
make the rule true at once, which put it out of reach, and whether it is within reach at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.core.circuits import FALSE, TRUE, Values
from triage.core.compiled import CompiledProtocol, CompiledRule
from triage.core.conflicts import Cautious, read_cautiously, read_flips_cautiously
from triage.core.literals import list_positions
from triage.core.reading import Reading

Prospect = tuple[CompiledRule, int, int]
"""An open rule that is within reach; the findings of which one answer alone makes it true; and
those of which one answer alone puts it out of reach.
"""


@dataclass(slots=True)
class Sight:
    """The literals for rules of one kind: as they are, and in all those worlds."""

    literals: Cautious
    worlds: Values


@dataclass(slots=True)
class Outlook:
    unasked: int
    """The findings that may still be asked."""

    unknown: int
    """These, and what is not known of age and sex."""

    raising: Sight
    self_care: Sight


def look_ahead(compiled: CompiledProtocol, reading: Reading, askable: int) -> Outlook:
    """`askable` are the findings that somebody like this may be asked about."""
    table, answers = compiled.table, reading.answers
    unasked = askable & ~answers.asked
    final = table.findings & answers.unknown & ~unasked
    literals, cautious = answers.values, reading.cautious
    worlds = _build_worlds(compiled, reading, final)
    if final:
        literals = literals.copy()
        for position in list_positions(final):
            literals[2 * position] = literals[2 * position + 1] = FALSE
        settled = answers.absent | final
        cautious = read_cautiously(literals, answers.present, settled, compiled.conflicts)
    return Outlook(
        unasked,
        answers.unknown & ~final,
        Sight(cautious, read_flips_cautiously(worlds, compiled.conflicts)),
        Sight(Cautious(literals, {}), worlds),
    )


def list_prospects(
    compiled: CompiledProtocol, outlook: Outlook, rules: Iterable[CompiledRule], sight: Sight
) -> list[Prospect]:
    """Leaves out the rules that nothing still to come can make true."""
    everywhere, width = compiled.table.every_outlook, len(compiled.table.finding_bits)
    unasked, worlds = outlook.unasked, sight.worlds
    settled = compiled.table.everything & ~outlook.unknown
    prospects = []
    for rule in rules:
        if not rule.facts & settled:
            prospects.append((rule, rule.untouched_decides, rule.untouched_closes))
        elif (value := rule.circuit(worlds, everywhere)) >> 2 * width:
            prospects.append((rule, value & unasked, ~(value >> width) & unasked))
    return prospects


def list_waits(outlook: Outlook, rule: CompiledRule, sight: Sight) -> int:
    """The findings to ask on which the rule depends, each of them perhaps only beside others."""
    literals = sight.literals
    return rule.open_facts(literals.values, outlook.unknown, literals.doubts) & outlook.unasked


def _build_worlds(compiled: CompiledProtocol, reading: Reading, final: int) -> Values:
    table, answers = compiled.table, reading.answers
    everywhere = table.every_outlook
    worlds = table.nothing_asked.copy()
    for place, value in answers.person.values:
        worlds[place] = everywhere if value == TRUE else 0
    for _, place in answers.asserted:
        worlds[place], worlds[place + 1] = everywhere, 0
    for _, place in answers.denied:
        worlds[place], worlds[place + 1] = 0, everywhere
    for position in list_positions(final):
        worlds[2 * position] = worlds[2 * position + 1] = 0
    return worlds
