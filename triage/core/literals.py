"""Every fact that a protocol's expressions rest on, asserted and denied, each with its place in a
list of values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.core.circuits import FALSE, OPEN, TRUE, Values
from triage.core.expressions import Comparison, FindingRef, SexIs
from triage.core.facts import Facts, Presence
from triage.core.normal_form import Atom, Literal
from triage.core.scores import compare
from triage.core.truth import Truth

PRESENT, ABSENT = Presence.PRESENT, Presence.ABSENT
"""Looked up once: a member of an enum costs more to reach than to compare."""


class UnknownFinding(ValueError):
    """Facts that name findings the protocol does not have: nothing is dropped silently."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(f"the protocol has no finding {', '.join(names)}")


@dataclass(slots=True)
class Person:
    """What age and sex tell."""

    values: tuple[tuple[int, int], ...]
    """Places, with the value there."""

    known: int


@dataclass(slots=True)
class Answers:
    """Values of literals, and bit sets of facts."""

    values: Values
    asserted: list[tuple[int, int]]
    """Bit and place of each finding that is present."""

    denied: list[tuple[int, int]]
    """Those of each that is absent."""

    present: int
    absent: int
    asked: int
    known: int
    """What is settled: findings present or absent, and what age and sex tell."""

    unknown: int
    """Everything else."""

    person: Person


class LiteralTable:
    """Built once for a protocol. Each fact has a bit; asserted it has the place of twice the bit's
    position, and denied the place after it.
    """

    def __init__(self, finding_ids: Iterable[str], literals: Iterable[Literal]) -> None:
        names = sorted(finding_ids)
        findings: list[Atom] = [FindingRef(name) for name in names]
        asked = {literal.atom for literal in literals}
        self._others = sorted(asked.difference(findings), key=repr)
        atoms = [*findings, *self._others]
        self.finding_bits = {name: 1 << position for position, name in enumerate(names)}
        self.finding_places = {name: 2 * position for position, name in enumerate(names)}
        self.everything = (1 << len(atoms)) - 1
        self.findings = (1 << len(names)) - 1
        self.places = {Literal(atom, True): 2 * place for place, atom in enumerate(atoms)}
        self.places |= {Literal(atom, False): 2 * place + 1 for place, atom in enumerate(atoms)}
        self.bits = {literal: 1 << place // 2 for literal, place in self.places.items()}
        self.nothing_known = [OPEN] * (2 * len(atoms))
        self.every_outlook = (2 << 2 * len(names)) - 1
        self.nothing_asked = self._build_outlook(len(names), len(atoms))
        self._entries = {
            name: (bit, self.finding_places[name]) for name, bit in self.finding_bits.items()
        }
        self._people: dict[tuple[int | None, int | None, str], Person] = {}

    def read(self, facts: Facts) -> Answers:
        """The value of every literal, each finding as it was answered."""
        values = self.nothing_known.copy()
        asserted: list[tuple[int, int]] = []
        denied: list[tuple[int, int]] = []
        present = absent = asked = 0
        entries = self._entries
        try:
            for name, presence in facts.findings.items():
                entry = entries[name]
                bit, place = entry
                asked |= bit
                if presence is PRESENT:
                    present |= bit
                    values[place], values[place + 1] = TRUE, FALSE
                    asserted.append(entry)
                elif presence is ABSENT:
                    absent |= bit
                    values[place], values[place + 1] = FALSE, TRUE
                    denied.append(entry)
        except KeyError:
            raise self.refuse(facts.findings) from None
        person = self.read_person(facts)
        for place, value in person.values:
            values[place] = value
        known = present | absent | person.known
        unknown = self.everything & ~known
        return Answers(values, asserted, denied, present, absent, asked, known, unknown, person)

    def refuse(self, findings: Mapping[str, object]) -> UnknownFinding:
        """The error that names what the protocol does not have."""
        return UnknownFinding(tuple(sorted(findings.keys() - self._entries.keys())))

    def read_person(self, facts: Facts) -> Person:
        """What age and sex tell. Kept: there are few ages, and working it out takes as long as
        reading ten answers.
        """
        key = facts.age_years, facts.age_months, facts.sex.value
        person = self._people.get(key)
        if person is None:
            person = self._people[key] = self._tell_person(facts)
        return person

    def flip(self, answers: Answers) -> Values:
        """The values in worlds of which each has one answer the other way round: the world of a
        finding is its bit. What is unknown is true in none.
        """
        everywhere = self.everything
        values = [0] * len(self.nothing_known)
        for place, value in answers.person.values:
            values[place] = everywhere if value == TRUE else 0
        for bit, place in answers.asserted:
            values[place], values[place + 1] = everywhere ^ bit, bit
        for bit, place in answers.denied:
            values[place], values[place + 1] = bit, everywhere ^ bit
        return values

    def _build_outlook(self, findings: int, atoms: int) -> Values:
        """The values for `outlook` while nothing is known and nothing was asked. From the lowest
        bit: a world for each finding alone, a world for each finding otherwise, one where all
        helps.
        """
        helps = (self.findings << findings) | (1 << 2 * findings)
        values = []
        for position in range(findings):
            bit = 1 << position
            values += [helps & ~(bit << findings) | bit] * 2
        return values + [helps] * (2 * (atoms - findings))

    def _tell_person(self, facts: Facts) -> Person:
        values: list[tuple[int, int]] = []
        known = 0
        for position, atom in enumerate(self._others, start=len(self.finding_bits)):
            truth = _tell(atom, facts)
            if truth is not Truth.UNKNOWN:
                is_true = truth is Truth.TRUE
                values.append((2 * position, TRUE if is_true else FALSE))
                values.append((2 * position + 1, FALSE if is_true else TRUE))
                known |= 1 << position
        return Person(tuple(values), known)


def list_positions(bits: int) -> list[int]:
    """The positions of the bits that are set."""
    positions = []
    while bits:
        position = bits.bit_length() - 1
        positions.append(position)
        bits ^= 1 << position
    return positions


def _tell(atom: Atom, facts: Facts) -> Truth:
    if isinstance(atom, FindingRef):
        raise TypeError("findings are read from the answers")
    if isinstance(atom, SexIs):
        return facts.match_sex(atom.sex)
    age = facts.get_age(atom.unit)
    return Truth.UNKNOWN if age is None else compare(age, Comparison.AT_LEAST, atom.number)
