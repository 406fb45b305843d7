"""Every fact that a protocol's expressions rest on, asserted and denied, each with its place in a
list of lane values.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.core.expressions import Comparison, FindingRef, SexIs
from triage.core.facts import Facts, Presence
from triage.core.lanes import Lanes, Literals
from triage.core.normal_form import Atom, Literal
from triage.core.scores import compare
from triage.core.truth import Truth

Pair = tuple[Lanes, Lanes]
"""The values of a fact asserted and denied."""

PRESENT, ABSENT = Presence.PRESENT, Presence.ABSENT
"""Looked up once: a member of an enum costs more to reach than to compare."""


class UnknownFinding(ValueError):
    """Facts that name findings the protocol does not have: nothing is dropped silently."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(f"the protocol has no finding {', '.join(names)}")


@dataclass(frozen=True, slots=True)
class Answers:
    """Literals, and bit sets of findings."""

    literals: Literals
    present: int
    absent: int
    asked: int
    known: int
    """What is settled: findings present or absent, and what age and sex tell."""


class LiteralTable:
    """Built once for a protocol. A finding's bit is its lane and its mark as an open fact; age and
    sex have a mark only.
    """

    def __init__(self, finding_ids: Iterable[str], literals: Iterable[Literal]) -> None:
        self.finding_bits = {
            name: 2 << position for position, name in enumerate(sorted(finding_ids))
        }
        self.everywhere = (2 << len(self.finding_bits)) - 1
        findings: list[Atom] = [FindingRef(name) for name in self.finding_bits]
        asked = {literal.atom for literal in literals}
        self._others = sorted(asked.difference(findings), key=repr)
        self._atoms = [*findings, *self._others]
        self.places = {
            Literal(atom, True): 2 * position for position, atom in enumerate(self._atoms)
        }
        self.places |= {
            Literal(atom, False): 2 * position + 1 for position, atom in enumerate(self._atoms)
        }
        self.bits = {literal: 2 << place // 2 for literal, place in self.places.items()}
        self._unknown = [
            (0, self.everywhere, 2 << place // 2) for place in range(2 * len(self._atoms))
        ]
        self._answers = {name: self._prepare(name) for name in self.finding_bits}

    @property
    def nothing_known(self) -> Literals:
        """The value of every literal when nothing was told."""
        return self._unknown

    def build_each_alone(self) -> Literals:
        """Worlds in which one finding is present and nothing else is known: its own lane each."""
        literals = self._unknown.copy()
        for name, lane in self.finding_bits.items():
            place = self.places[Literal(FindingRef(name), True)]
            literals[place] = (lane, self.everywhere, lane)
            literals[place + 1] = (0, self.everywhere & ~lane, lane)
        return literals

    def read(self, facts: Facts) -> "Answers":
        """The value of every literal, each finding as it was answered."""
        literals = self._unknown.copy()
        present = absent = asked = 0
        answers = self._answers
        self._check(facts)
        for name, presence in facts.findings.items():
            bit, place, when_present, when_absent = answers[name]
            asked |= bit
            if presence is PRESENT:
                present |= bit
                literals[place : place + 2] = when_present
            elif presence is ABSENT:
                absent |= bit
                literals[place : place + 2] = when_absent
        known = present | absent | self._read_person(facts, literals)
        return Answers(literals, present, absent, asked, known)

    def _read_person(self, facts: Facts, literals: Literals) -> int:
        """Age and sex are the same in every lane. The marks of what they tell."""
        known = 0
        for place, atom in enumerate(self._others, start=len(self.finding_bits)):
            truth = _tell(atom, facts)
            if truth is not Truth.UNKNOWN:
                literals[2 * place : 2 * place + 2] = self._settle(truth is Truth.TRUE)
                known |= 2 << place
        return known

    def _check(self, facts: Facts) -> None:
        if not facts.findings.keys() <= self._answers.keys():
            raise UnknownFinding(tuple(sorted(facts.findings.keys() - self._answers.keys())))

    def _prepare(self, name: str) -> tuple[int, int, Pair, Pair]:
        """Bit and place of the finding, its values when present and when absent. In its own lane
        the answer is the other one.
        """
        lane = self.finding_bits[name]
        elsewhere = self.everywhere & ~lane
        here, flipped = (elsewhere, elsewhere, 0), (lane, lane, 0)
        place = self.places[Literal(FindingRef(name), True)]
        return lane, place, (here, flipped), (flipped, here)

    def _settle(self, is_true: bool) -> Pair:
        true, false = (self.everywhere, self.everywhere, 0), (0, 0, 0)
        return (true, false) if is_true else (false, true)


def _tell(atom: Atom, facts: Facts) -> Truth:
    if isinstance(atom, FindingRef):
        raise TypeError("findings are read from the answers")
    if isinstance(atom, SexIs):
        return facts.match_sex(atom.sex)
    age = facts.get_age(atom.unit)
    return Truth.UNKNOWN if age is None else compare(age, Comparison.AT_LEAST, atom.number)
