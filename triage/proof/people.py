"""Somebody of whom nothing is said yet, as variables: every person that there can be at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import z3

from triage.core.expressions import Compare, list_nodes
from triage.core.facts import MONTHS_PER_YEAR, Facts, Presence, Sex
from triage.core.protocol import Protocol
from triage.proof.ages import AgeClass, list_age_classes
from triage.proof.formulas import Formula, both, either, negate

SEXES = (Sex.FEMALE, Sex.MALE)


@dataclass(frozen=True)
class Answer:
    """What is said of one finding, age or sex: neither of the two means unknown."""

    present: Formula
    absent: Formula


@dataclass(frozen=True)
class Person:
    """The variables."""

    findings: Mapping[str, Answer]
    ages: Mapping[AgeClass, Formula]
    """Exactly one of these is true."""

    sexes: Mapping[Sex, Formula]
    """One of these, or neither: then the sex is unknown, or another."""

    @property
    def laws(self) -> tuple[Formula, ...]:
        """What holds of the variables, whoever it is."""
        return (
            *(negate(both((entry.present, entry.absent))) for entry in self.findings.values()),
            z3.PbEq([(formula, 1) for formula in self.ages.values()], 1),
            negate(both(self.sexes.values())),
        )

    def copy(self, prefix: str) -> "Person":
        """Somebody else, with variables of their own."""
        context = next(iter(self.ages.values())).ctx
        return _name_person(self.findings, self.ages, context, prefix)


def make_person(protocol: Protocol) -> Person:
    """Anybody whom the protocol could be asked about."""
    names = [finding.id for finding in protocol.findings]
    return _name_person(names, list_age_classes(_walk_months(protocol)), z3.Context(), "")


def _name_person(
    names: Iterable[str], ages: Iterable[AgeClass], context: z3.Context, prefix: str
) -> Person:
    def name(text: str) -> Formula:
        return z3.Bool(prefix + text, context)

    return Person(
        {finding: Answer(name(f"{finding} +"), name(f"{finding} -")) for finding in names},
        {age: name(f"age {number}") for number, age in enumerate(ages)},
        {sex: name(f"sex {sex}") for sex in SEXES},
    )


def reach_age(person: Person, months: int, *, is_sure: bool) -> Formula:
    """That so many months have been reached: surely, or possibly."""
    return either(
        formula
        for age, formula in person.ages.items()
        if months in (age.surely if is_sure else age.possibly)
    )


def count_months(node: Compare, number: int) -> int:
    """A number that the comparison compares an age with, in months."""
    return number * (MONTHS_PER_YEAR if node.quantity.name == "age_years" else 1)


def list_variables(person: Person) -> list[Formula]:
    """Every variable, in an order that is always the same."""
    findings = (
        part for entry in person.findings.values() for part in (entry.present, entry.absent)
    )
    return [*findings, *person.ages.values(), *person.sexes.values()]


def list_answered(person: Person) -> list[Formula]:
    """Everything that may be told, each true where it is told."""
    unknown = next(iter(person.ages.values()))
    findings = (either((entry.present, entry.absent)) for entry in person.findings.values())
    return [*findings, negate(unknown), *person.sexes.values()]


def read_person(person: Person, model: z3.ModelRef) -> Facts:
    """The person whom the solver found."""

    def holds(formula: Formula) -> bool:
        return bool(z3.is_true(model.eval(formula)))

    findings = {
        name: Presence.PRESENT if holds(answer.present) else Presence.ABSENT
        for name, answer in person.findings.items()
        if holds(answer.present) or holds(answer.absent)
    }
    age = next(age for age, formula in person.ages.items() if holds(formula))
    sex = next((sex for sex, formula in person.sexes.items() if holds(formula)), Sex.UNKNOWN)
    return Facts(findings, age.years, age.months, sex)


def _walk_months(protocol: Protocol) -> Iterator[int]:
    """The number of every comparison with an age, and the next one: `== n` is made of the two."""
    for _, expression in protocol.list_expressions():
        for node in list_nodes(expression):
            if isinstance(node, Compare) and node.quantity.is_age:
                yield from (count_months(node, number) for number in (node.number, node.number + 1))
