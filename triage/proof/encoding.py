"""What a protocol answers, as formulas over everybody: the meaning of `triage.core`, said again.

Kleene's three values are two formulas each: that an expression is surely true, and that it is
possibly true. It walks the expressions as they are written and shares neither the normal form nor
the circuits with the evaluator, so that a mistake in those is found and not repeated; tests hold
the two together on random protocols and people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calfcms.urgency import Urgency
from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    Not,
    Or,
    SexIs,
)
from triage.core.facts import Sex
from triage.core.protocol import Protocol
from triage.proof.formulas import Formula, both, either, negate, reach
from triage.proof.people import Person, count_months, make_person, reach_age

OTHER_SEX = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE}


@dataclass(frozen=True)
class Encoding:
    """A protocol's answers to anybody."""

    protocol: Protocol
    person: Person
    rules: Mapping[str, Formula]
    """That the rule of that id is true."""

    contradicts: Formula
    """That the answers contradict each other."""

    at_least: Mapping[Urgency, Formula]
    """That the urgency is this one or a higher one."""

    @property
    def is_self_care(self) -> Formula:
        """That the answer is self-care."""
        return negate(self.at_least[Urgency.ROUTINE])


def encode(protocol: Protocol) -> Encoding:
    """The formulas of every rule, and of what is decided from them."""
    person = make_person(protocol)
    reader = _Reader(protocol, person)
    rules = {
        rule.id: reader.read(
            rule.when, is_sure=True, is_cautious=rule.urgency is not Urgency.SELF_CARE
        )
        for rule in protocol.rules
    }
    contradicts = either(
        both(person.findings[name].present for name in conflict.findings)
        for conflict in protocol.conflicts
    )
    return Encoding(
        protocol, person, rules, contradicts, _decide(protocol, person, rules, contradicts)
    )


def _decide(
    protocol: Protocol, person: Person, rules: Mapping[str, Formula], contradicts: Formula
) -> dict[Urgency, Formula]:
    """The highest rule that is true; else self-care where a rule says so and nothing bars it."""
    raised = {
        urgency: either(
            rules[rule.id] for rule in protocol.raising_rules if rule.urgency.rank >= urgency.rank
        )
        for urgency in Urgency
    }
    is_self_care = both(
        [
            negate(raised[Urgency.ROUTINE]),
            either(rules[rule.id] for rule in protocol.self_care_rules),
            negate(contradicts),
            *(person.findings[name].absent for name in protocol.gates),
        ]
    )
    return raised | {Urgency.SELF_CARE: True, Urgency.ROUTINE: negate(is_self_care)}


class _Reader:
    """Reads the expressions of one protocol.

    `up` is false below an odd number of negations; minus points and upper bounds negate too. There,
    rules that raise read contradicted findings cautiously.
    """

    def __init__(self, protocol: Protocol, person: Person) -> None:
        self._person = person
        self._conflicts = protocol.conflicts
        self._scores = {score.id: score for score in protocol.scores}

    def read(
        self, node: Expression, *, is_sure: bool, is_cautious: bool, up: bool = True
    ) -> Formula:
        """That the expression is true: surely, or possibly."""

        def each(operands: tuple[Expression, ...]) -> list[Formula]:
            return [
                self.read(part, is_sure=is_sure, is_cautious=is_cautious, up=up)
                for part in operands
            ]

        match node:
            case FindingRef(name):
                return self._read_finding(name, is_sure, is_cautious and not up)
            case SexIs(sex):
                sexes, wanted = self._person.sexes, Sex(sex)
                return sexes[wanted] if is_sure else negate(sexes[OTHER_SEX[wanted]])
            case Not(operand):
                return negate(
                    self.read(operand, is_sure=not is_sure, is_cautious=is_cautious, up=not up)
                )
            case And(operands):
                return both(each(operands))
            case Or(operands):
                return either(each(operands))
            case AtLeast(number, operands):
                return reach([(part, 1) for part in each(operands)], number)
            case Compare():
                return self._compare(node, is_sure, is_cautious, up)

    def _read_finding(self, name: str, is_sure: bool, is_doubted: bool) -> Formula:
        """A doubted finding counts as absent where the answers contradict it, and is open where
        answers still to come could.
        """
        findings, answer = self._person.findings, self._person.findings[name]
        rivals = [
            [findings[other] for other in conflict.findings]
            for conflict in self._conflicts
            if is_doubted and name in conflict.others
        ]
        if is_sure:
            contradictable = [
                both(negate(rival.absent) for rival in conflict) for conflict in rivals
            ]
            return both([answer.present, *map(negate, contradictable)])
        contradicted = [both(rival.present for rival in conflict) for conflict in rivals]
        return both([negate(answer.absent), *map(negate, contradicted)])

    def _compare(self, node: Compare, is_sure: bool, is_cautious: bool, up: bool) -> Formula:
        """Every comparison is made of "reaches n" and "stays below n"."""

        def reaches(number: int) -> Formula:
            return self._reach(node, number, is_sure, is_cautious, up)

        def stays_below(number: int) -> Formula:
            return negate(self._reach(node, number, not is_sure, is_cautious, not up))

        number = node.number
        match node.comparison:
            case Comparison.AT_LEAST:
                return reaches(number)
            case Comparison.MORE:
                return reaches(number + 1)
            case Comparison.LESS:
                return stays_below(number)
            case Comparison.AT_MOST:
                return stays_below(number + 1)
            case Comparison.EQUAL:
                return both([reaches(number), stays_below(number + 1)])
            case Comparison.NOT_EQUAL:
                return either([stays_below(number), reaches(number + 1)])

    def _reach(
        self, node: Compare, number: int, is_sure: bool, is_cautious: bool, up: bool
    ) -> Formula:
        """That an age or score is so high. Sure is what holds of the least that it may come to."""
        if node.quantity.is_age:
            months = count_months(node, number)
            return reach_age(self._person, months, is_sure=is_sure)
        weighted = []
        for when, points in self._scores[node.quantity.name].askable_items:
            adds = points > 0
            part = self.read(when, is_sure=is_sure is adds, is_cautious=is_cautious, up=up is adds)
            weighted.append((part, points))
        return reach(weighted, number)
