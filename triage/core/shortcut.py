"""The urgency alone, from a plain dictionary: no explanations, no questions, nothing built that the
answer does not need.

Only rules of which a trigger is true are looked at, the most urgent first, until one is true. The
answer is always the one that `evaluate` gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calfcms.urgency import Urgency
from triage.core.circuits import BOTH, FALSE, TRUE, Values
from triage.core.compiled import CompiledProtocol, CompiledRule, compile_protocol
from triage.core.facts import Facts, FactsError, Presence, Sex
from triage.core.literals import LiteralTable
from triage.core.normal_form import normalise
from triage.core.protocol import Protocol
from triage.core.triggers import choose_triggers

MEMBERS = frozenset({"findings", "age_years", "age_months", "sex"})
"""What the dictionary may hold: all that is known about a person."""

AGE_TYPES = (int, type(None))
"""True equals 1 and 40.0 equals 40; neither is an age."""


def decide_urgency(protocol: Protocol, facts: Facts) -> Urgency:
    """The urgency that `evaluate` answers; also for a draft that lacks its dispositions.

    Raises `UnknownFinding`.
    """
    index = _build_index(protocol)
    person = _read_person(index, facts.age_years, facts.age_months, facts.sex.value)
    return _decide(index, facts.findings, person)


def decide_urgency_of(protocol: Protocol, request: Mapping[str, Any]) -> Urgency:
    """The same from `{"findings": {"fever": "present"}, "age_years": 40}`.

    Raises `UnknownFinding` or `FactsError`.
    """
    if not request.keys() <= MEMBERS:
        name = min(request.keys() - MEMBERS)
        raise FactsError(name, f"is not known; use {', '.join(sorted(MEMBERS))}")
    get = request.get
    index = _build_index(protocol)
    person = _read_person(index, get("age_years"), get("age_months"), get("sex", "unknown"))
    return _decide(index, get("findings", {}), person)


@dataclass(slots=True)
class _Person:
    """What age and sex tell, and the rules that this could make true."""

    values: tuple[tuple[int, int], ...]
    candidates: int


@dataclass(slots=True)
class _Index:
    table: LiteralTable
    rules: tuple[CompiledRule, ...]
    """Those that raise, the most urgent first, then those for self-care."""

    watchers: list[int]
    """For each place the rules, as bits, that the literal there could make true."""

    always: int
    """The rules that may be true whatever is known."""

    self_care: int
    """The rules for self-care, as bits."""

    conflicts: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Places of findings that contradict each other, and of `not b`, which is then believed."""

    gates: tuple[int, ...]
    people: dict[tuple[int | None, int | None, str], _Person]


@lru_cache(maxsize=16)
def _build_index(protocol: Protocol) -> _Index:
    compiled = compile_protocol(protocol)
    table = compiled.table
    rules = (*compiled.raising_rules, *compiled.self_care_rules)
    conflicts = tuple(
        (conflict.asserted, tuple(place for place, _ in conflict.denied_others))
        for conflict in compiled.conflicts
    )
    watchers, always = _watch(compiled, rules)
    return _Index(
        table,
        rules,
        watchers,
        always,
        (1 << len(rules)) - (1 << len(compiled.raising_rules)),
        conflicts,
        tuple(table.finding_places[name] for name, _ in compiled.gates),
        {},
    )


def _watch(compiled: CompiledProtocol, rules: tuple[CompiledRule, ...]) -> tuple[list[int], int]:
    scores = {score.id: score for score in compiled.protocol.scores}
    watchers = [0] * len(compiled.table.nothing_known)
    always = 0
    for position, rule in enumerate(rules):
        triggers = choose_triggers(normalise(rule.rule.when, scores))
        if triggers is None:
            always |= 1 << position
        for literal in triggers or ():
            watchers[compiled.table.places[literal]] |= 1 << position
    for conflict in compiled.conflicts:
        for place, _ in conflict.denied_others:
            watchers[conflict.asserted[0]] |= watchers[place]  # `not b` holds if all are present
    return watchers, always


def _read_person(index: _Index, age_years: int | None, age_months: int | None, sex: str) -> _Person:
    """Kept for every age and sex that was met; there are not many."""
    key = age_years, age_months, sex
    are_ages = type(age_years) in AGE_TYPES and type(age_months) in AGE_TYPES
    person = index.people.get(key) if are_ages and isinstance(sex, str) else None
    if person is None:
        facts = Facts({}, age_years, age_months, _read_sex(sex))
        told = index.table.read_person(facts).values
        candidates = 0
        for place, value in told:
            candidates |= index.watchers[place] if value == TRUE else 0
        person = index.people[key] = _Person(told, candidates)
    return person


def _decide(index: _Index, findings: Mapping[str, str], person: _Person) -> Urgency:
    values = index.table.nothing_known.copy()
    places, watchers = index.table.finding_places, index.watchers
    candidates = index.always | person.candidates
    try:
        for name, presence in findings.items():
            place = places[name]
            if presence == "present":
                values[place], values[place + 1] = TRUE, FALSE
                candidates |= watchers[place]
            elif presence == "absent":
                values[place], values[place + 1] = FALSE, TRUE
                candidates |= watchers[place + 1]
            elif presence != "unknown":
                raise _refuse(name, presence)
    except KeyError:
        raise index.table.refuse(findings) from None
    for place, value in person.values:
        values[place] = value
    is_contradicted = bool(index.conflicts) and _believe(index, values)
    if is_contradicted or any(values[place] != FALSE for place in index.gates):
        candidates &= ~index.self_care
    return _find_highest(index, candidates, values)


def _believe(index: _Index, values: Values) -> bool:
    """Reads contradictory answers in the safer way, as `conflicts` has it."""
    is_contradicted = False
    for asserted, denied in index.conflicts:
        for place in asserted:
            if values[place] != TRUE:
                break
        else:
            is_contradicted = True
            for place in denied:
                values[place] = TRUE
    return is_contradicted


def _find_highest(index: _Index, candidates: int, values: Values) -> Urgency:
    rules = index.rules
    while candidates:
        lowest = candidates & -candidates
        rule = rules[lowest.bit_length() - 1]
        if rule.circuit(values, BOTH) == TRUE:
            return rule.rule.urgency
        candidates ^= lowest
    return Urgency.ROUTINE


def _read_sex(sex: str) -> Sex:
    try:
        return Sex(sex)
    except ValueError as error:
        raise FactsError("sex", str(error)) from None


def _refuse(name: str, presence: object) -> FactsError:
    return FactsError("findings", f"{name} is {presence!r}; use {', '.join(Presence)}")
