"""Tells whether some person exists for whom an expression is true."""

from collections.abc import Iterator
from itertools import product

from triage.core.expressions import Comparison, FindingRef, SexIs
from triage.core.facts import MAX_AGE_MONTHS, MONTHS_PER_YEAR, Facts, Interval, Sex
from triage.core.normal_form import AgeAtLeast, Atom, Literal, NormalForm, list_literals
from triage.core.scores import compare
from triage.core.truth import Truth

MAX_STEPS = 20_000
"""The search gives up here. Rules that people can read need a few dozen steps."""

Assignment = dict[Atom, bool]


class _OutOfSteps(Exception):
    pass


def is_satisfiable(form: NormalForm) -> bool:
    """Exact up to `MAX_STEPS`, beyond which it answers yes, so that it never accuses a rule
    wrongly.

    A finding that the expression uses in one direction only is given the value that helps; only
    those used in both are tried out. Age is tried at each month where a comparison changes, sex as
    female and male. Findings that exclude each other in life (`conflicts`) are taken as free,
    because people do report both.
    """
    literals = set(list_literals(form))
    both_ways = sorted(_list_used_both_ways(literals))
    steps = iter(range(MAX_STEPS))
    try:
        return any(_search(form, person, both_ways, steps) for person in _list_people(literals))
    except _OutOfSteps:
        return True


def _list_used_both_ways(literals: set[Literal]) -> set[str]:
    findings = {
        (literal.atom.id, literal.positive)
        for literal in literals
        if isinstance(literal.atom, FindingRef)
    }
    return {name for name, positive in findings if positive and (name, False) in findings}


def _list_people(literals: set[Literal]) -> Iterator[Assignment]:
    """Every combination of age and sex that the expression can tell apart."""
    atoms = {literal.atom for literal in literals}
    for months, sex in product(sorted(_list_months(atoms)), (Sex.FEMALE, Sex.MALE)):
        facts = Facts(age_months=months, sex=sex)
        told = (atom for atom in atoms if not isinstance(atom, FindingRef))
        yield {atom: _holds(atom, facts) for atom in told}


def _list_months(atoms: set[Atom]) -> set[int]:
    months = {0}
    for atom in atoms:
        if isinstance(atom, AgeAtLeast):
            months.add(atom.number * (MONTHS_PER_YEAR if atom.unit == "age_years" else 1))
    return {month for month in months if 0 <= month <= MAX_AGE_MONTHS}


def _holds(atom: Atom, facts: Facts) -> bool:
    if isinstance(atom, SexIs):
        return facts.match_sex(atom.sex) is Truth.TRUE
    if isinstance(atom, AgeAtLeast):
        age = facts.get_age(atom.unit) or Interval(0, 0)
        return compare(age, Comparison.AT_LEAST, atom.number) is Truth.TRUE
    raise TypeError("findings are searched, not told")


def _search(
    form: NormalForm, assigned: Assignment, undecided: list[str], steps: Iterator[int]
) -> bool:
    if next(steps, None) is None:
        raise _OutOfSteps
    if not _is_possible(form, assigned):
        return False
    if not undecided:
        return True
    atom, rest = FindingRef(undecided[0]), undecided[1:]
    return any(_search(form, {**assigned, atom: value}, rest, steps) for value in (True, False))


def _is_possible(form: NormalForm, assigned: Assignment) -> bool:
    """Whether it is true if everything unassigned helps, each literal on its own."""
    if isinstance(form, Literal):
        return assigned.get(form.atom, form.positive) is form.positive
    reached = (
        weight
        for part, weight in zip(form.parts, form.weights, strict=True)
        if _is_possible(part, assigned)
    )
    return sum(reached) >= form.least
