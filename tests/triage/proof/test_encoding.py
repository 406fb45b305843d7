"""The encoding says of everybody what the evaluator says of each."""

from typing import Any

import pytest
import z3
from hypothesis import given, settings

from calfcms.urgency import Urgency
from tests.triage.case_files import Case, list_cases, read_protocol
from tests.triage.core.builders import EMERGENCY, make_facts, make_protocol, make_rule
from tests.triage.core.strategies import facts, protocols
from triage.core.evaluate import evaluate
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Protocol
from triage.proof.ages import AgeClass, list_age_classes
from triage.proof.encoding import Encoding, encode
from triage.proof.formulas import Formula, negate
from triage.proof.people import list_answered, list_variables

CASES = list_cases()


def find_model(encoding: Encoding, known: Facts) -> Any:
    """The model in which the variables say of this person what is known, and nothing else."""
    person = encoding.person
    true = [person.ages[find_age(encoding, known)]]
    true += [name for sex, name in person.sexes.items() if known.sex is sex]
    for finding, value in known.findings.items():
        true += [person.findings[finding].present] if value is Presence.PRESENT else []
        true += [person.findings[finding].absent] if value is Presence.ABSENT else []
    names = {str(name) for name in true}
    solver = z3.Solver(ctx=true[0].ctx)
    solver.add(*person.laws)
    solver.add(*(name if str(name) in names else negate(name) for name in list_variables(person)))
    assert solver.check() == z3.sat
    return solver.model()


def tell(model: Any, formula: Formula) -> bool:
    """What the formula says in the model."""
    return formula if isinstance(formula, bool) else bool(z3.is_true(model.eval(formula)))


def find_age(encoding: Encoding, known: Facts) -> AgeClass:
    """The class of the person's age, told from the numbers that were compared."""
    numbers = {number for age in encoding.person.ages for number in age.possibly}
    months = known.months
    surely = frozenset(n for n in numbers if months is not None and months.low >= n)
    possibly = frozenset(n for n in numbers if months is None or months.high >= n)
    return next(
        age for age in encoding.person.ages if (age.surely, age.possibly) == (surely, possibly)
    )


def answer(encoding: Encoding, known: Facts) -> tuple[set[str], Urgency]:
    """The true rules and the urgency, as the encoding has them."""
    model = find_model(encoding, known)
    true = {name for name, formula in encoding.rules.items() if tell(model, formula)}
    reached = [level for level in Urgency if tell(model, encoding.at_least[level])]
    return true, max(reached, key=lambda level: level.rank)


def evaluated(protocol: Protocol, known: Facts) -> tuple[set[str], Urgency]:
    given = evaluate(protocol, known)
    return {match.rule.id for match in given.matched}, given.disposition.urgency


@given(protocols(), facts())
@settings(max_examples=40, deadline=None)
def test_the_encoding_answers_as_the_evaluator_does(protocol: Protocol, known: Facts) -> None:
    assert answer(encode(protocol), known) == evaluated(protocol, known)


@pytest.fixture(scope="module")
def encoding() -> Encoding:
    """The first protocol, encoded."""
    return encode(read_protocol("calf-pain"))


@pytest.mark.parametrize("case", CASES[::25], ids=str)
def test_it_answers_the_cases_of_the_first_protocol(case: Case, encoding: Encoding) -> None:
    assert answer(encoding, case.facts) == evaluated(encoding.protocol, case.facts)


@pytest.mark.parametrize(
    ("when", "known", "is_true"),
    [
        ("not a", make_facts(), False),
        ("not a", make_facts("", "a"), True),
        ("at_least(2, a, b, c)", make_facts("a c"), True),
        ("age_years < 16", make_facts(age_years=15), True),
        ("age_years < 16", make_facts(age_months=192), False),
        ("age_months < 18", make_facts(age_years=1), False),
        ("age_months >= 12", make_facts(age_years=1), True),
        ("age_years == 3", make_facts(age_months=47), True),
        ("age_years >= 0", make_facts(), False),
        ("age_years <= 130", make_facts(age_years=130), True),
        ("not sex == male", make_facts(sex="female"), True),
        ("not sex == male", make_facts(sex="other"), False),
    ],
)
def test_it_reads_unknown_ages_and_sexes_as_the_language_says(
    when: str, known: Facts, is_true: bool
) -> None:
    encoding = encode(make_protocol([make_rule("rule", EMERGENCY, when)]))

    assert tell(find_model(encoding, known), encoding.rules["rule"]) is is_true
    assert evaluated(encoding.protocol, known)[0] == ({"rule"} if is_true else set())


def test_ages_that_nothing_tells_apart_are_one_class() -> None:
    classes = list_age_classes([192])

    assert [(age.years, age.months) for age in classes] == [(None, None), (0, None), (16, None)]


def test_a_year_that_a_number_of_months_divides_is_a_class_of_its_own() -> None:
    classes = list_age_classes([18])

    assert [(age.years, age.months) for age in classes] == [(None, None), (0, None), (2, None)]


def test_what_is_told_counts_findings_age_and_sex() -> None:
    encoding = encode(make_protocol([make_rule("rule", EMERGENCY, "age_years > 3")], "a b"))
    known = Facts({"b": Presence.ABSENT}, age_years=2, sex=Sex.MALE)
    model = find_model(encoding, known)

    told = [tell(model, formula) for formula in list_answered(encoding.person)]

    assert told == [False, True, True, False, True]
