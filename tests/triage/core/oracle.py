"""A second, slower opinion on every answer: plain recursion over True, False and None (unknown),
sharing no code with the core's.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

from calfcms.urgency import Urgency
from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Expression,
    FindingRef,
    Not,
    Or,
    SexIs,
)
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Protocol, Rule

Value = bool | None
PRESENCES = {Presence.PRESENT: True, Presence.ABSENT: False, Presence.UNKNOWN: None}
OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "==": int.__eq__,
    "!=": int.__ne__,
}


def tell_rule(rule: Rule, protocol: Protocol, facts: Facts) -> Value:
    """Contradicted findings are ignored where a rule that raises uses them negated."""
    is_cautious = rule.urgency is not Urgency.SELF_CARE
    return tell(rule.when, protocol, facts, is_cautious)


def tell(node: Expression, protocol: Protocol, facts: Facts, is_cautious: bool = False) -> Value:
    return _tell(node, protocol, facts, is_cautious, True)


def _tell(node: Expression, protocol: Protocol, facts: Facts, cautious: bool, up: bool) -> Value:
    """`up` is false below an odd number of negations."""
    match node:
        case FindingRef(name):
            value = PRESENCES[facts.findings.get(name, Presence.UNKNOWN)]
            return value if up or not cautious else _believe(name, protocol, facts, value)
        case SexIs(sex):
            return None if facts.sex in (Sex.OTHER, Sex.UNKNOWN) else facts.sex.value == sex
        case Not(operand):
            inner = _tell(operand, protocol, facts, cautious, not up)
            return None if inner is None else not inner
        case And(operands):
            return _count(
                len(operands), [_tell(o, protocol, facts, cautious, up) for o in operands]
            )
        case Or(operands):
            return _count(1, [_tell(o, protocol, facts, cautious, up) for o in operands])
        case AtLeast(number, operands):
            return _count(number, [_tell(o, protocol, facts, cautious, up) for o in operands])
        case Compare():
            return _compare(node, protocol, facts, cautious, up)


def _count(number: int, values: list[Value]) -> Value:
    if values.count(True) >= number:
        return True
    return False if values.count(True) + values.count(None) < number else None


def _believe(name: str, protocol: Protocol, facts: Facts, value: Value) -> Value:
    """What a negated mention of the finding sees: no longer present where a contradiction is
    certain, open where it is possible.
    """
    for conflict in protocol.conflicts:
        if name in conflict.others and value is not False:
            answers = [
                PRESENCES[facts.findings.get(other, Presence.UNKNOWN)]
                for other in conflict.findings
            ]
            if all(answers):
                return False
            if False not in answers:
                value = None
    return value


def _compare(node: Compare, protocol: Protocol, facts: Facts, cautious: bool, up: bool) -> Value:
    """Every number the quantity may still take must agree. Each comparison is seen as lower or
    upper bound, for the direction of its items.
    """
    name, wanted = node.quantity.name, OPERATORS[node.comparison]
    if node.quantity.is_age:
        months = _list_months(facts)
        ages = {month if name == "age_months" else month // 12 for month in months}
        return _agree([wanted(age, node.number) for age in ages])
    if not cautious or not protocol.conflicts:
        low, high = _bounds(name, protocol, facts, False, up, up)
        return _agree([wanted(number, node.number) for number in range(low, high + 1)])
    return _compare_cautiously(node, protocol, facts, up)


def _compare_cautiously(node: Compare, protocol: Protocol, facts: Facts, up: bool) -> Value:
    def reach(number: int, direction: bool) -> Value:
        low, high = _bounds(node.quantity.name, protocol, facts, True, direction, direction)
        return True if low >= number else False if high < number else None

    def deny(value: Value) -> Value:
        return None if value is None else not value

    number = node.number
    match node.comparison.value:
        case ">=":
            return reach(number, up)
        case ">":
            return reach(number + 1, up)
        case "<":
            return deny(reach(number, not up))
        case "<=":
            return deny(reach(number + 1, not up))
        case "==":
            return _count(2, [reach(number, up), deny(reach(number + 1, not up))])
        case _:
            return _count(1, [deny(reach(number, not up)), reach(number + 1, up)])


def _bounds(
    name: str, protocol: Protocol, facts: Facts, cautious: bool, up: bool, _: bool
) -> tuple[int, int]:
    score = next(score for score in protocol.scores if score.id == name)
    low = high = 0
    for when, points in score.askable_items:
        direction = up if points > 0 else not up
        value = _tell(when, protocol, facts, cautious, direction)
        choices = {True: (points,), False: (0,), None: (0, points)}[value]
        low, high = low + min(choices), high + max(choices)
    return low, high


def _list_months(facts: Facts) -> list[int]:
    if facts.age_months is not None:
        return [facts.age_months]
    if facts.age_years is not None:
        return [facts.age_years * 12 + month for month in range(12)]
    return []


def _agree(answers: list[bool]) -> Value:
    if not answers:
        return None
    return answers[0] if len(set(answers)) == 1 else None


def settle_person(facts: Facts, months: int, sex: Sex) -> Facts:
    """Facts with age and sex made certain, as far as they leave it open."""
    ages = _list_months(facts)
    age = ages[months % len(ages)] if ages else months
    sexes = {Sex.OTHER: facts.sex, Sex.UNKNOWN: sex}
    known_sex = sexes.get(facts.sex, facts.sex)
    return replace(facts, age_years=None, age_months=age, sex=known_sex)


def list_completions(facts: Facts, names: tuple[str, ...]) -> Iterator[Facts]:
    """Every way in which the findings still unknown could be answered."""
    unknown = [name for name in names if facts.findings.get(name, "unknown") == "unknown"]
    for values in product((Presence.PRESENT, Presence.ABSENT), repeat=len(unknown)):
        answers = {**facts.findings, **dict(zip(unknown, values, strict=True))}
        yield replace(facts, findings=answers)
