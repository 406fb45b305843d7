"""A protocol made ready for evaluation, once: normal forms, circuits and bit sets, in an order that
does not depend on the protocol's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from calfcms.urgency import Urgency
from triage.core.conflicts import CompiledConflict, compile_conflict, read_cautiously
from triage.core.expressions import FindingRef
from triage.core.lanes import Circuit, Lanes, Support, compile_circuit, compile_support
from triage.core.literals import LiteralTable
from triage.core.normal_form import AgeAtLeast, Atom, NormalForm, list_literals, normalise
from triage.core.parts import Cause, Finding, Rule, Score
from triage.core.protocol import Protocol

NamedBits = tuple[tuple[str, int], ...]
"""Names of facts with their bits, sorted by name."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    rule: Rule
    rank: int
    circuit: Circuit
    support: Support
    names: NamedBits
    """Every fact the rule may rest on, also through a score or a conflict."""

    findings: int
    """The findings among them."""

    deciders: int
    """The findings of which each makes the rule true alone, with nothing else known."""

    facts: int
    """Everything in `names`."""

    untouched: Lanes
    """Its value while none of its facts is known, which most rules have for most people."""

    untouched_names: tuple[str, ...]
    """The names of what it then waits for."""


@dataclass(frozen=True, slots=True)
class CompiledScore:
    score: Score
    items: tuple[tuple[Circuit, int], ...]
    """The condition and the points of each item that can be asked for."""

    facts: int
    """What the items rest on; while none of it is known, the score may be anything."""

    low: int
    high: int
    """The fewest and the most points that there can be."""

    hidden_low: int
    hidden_high: int
    """The same of the items that nobody can be asked for here."""


@dataclass(frozen=True, slots=True)
class CompiledCause:
    cause: Cause
    suspected_as: str
    """Its name as rules suspect it, in lower case."""

    required: Circuit | None
    required_facts: int
    """What `required` may rest on; while none of it is known, it is open."""

    supporting: NamedBits
    opposing: NamedBits
    names: NamedBits
    """Supporting and opposing."""

    supporting_bits: int
    opposing_bits: int


@dataclass(frozen=True, slots=True)
class CompiledProtocol:
    protocol: Protocol
    table: LiteralTable
    findings: dict[str, Finding]
    gates: NamedBits
    conflicts: tuple[CompiledConflict, ...]
    raising_rules: tuple[CompiledRule, ...]
    """Highest urgency first, then by id; so are the rules for self-care."""

    self_care_rules: tuple[CompiledRule, ...]
    scores: tuple[CompiledScore, ...]
    causes: tuple[CompiledCause, ...]


@lru_cache(maxsize=16)
def compile_protocol(protocol: Protocol) -> CompiledProtocol:
    """The compiled form; it is kept, because a protocol never changes."""
    return _Compiler(protocol).compile()


class _Compiler:
    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._scores = {score.id: score for score in protocol.scores}
        self._forms = {
            id(node): normalise(node, self._scores) for _, node in protocol.list_expressions()
        }
        literals = (literal for form in self._forms.values() for literal in list_literals(form))
        self._table = LiteralTable((finding.id for finding in protocol.findings), literals)
        self._conflicts = tuple(
            compile_conflict(conflict, self._table) for conflict in protocol.conflicts
        )
        self._each_alone = self._table.build_each_alone()
        self._nothing_known = self._table.nothing_known
        self._nothing_known_cautiously = read_cautiously(
            self._nothing_known, self._conflicts, self._table.everywhere
        )

    def compile(self) -> CompiledProtocol:
        protocol = self._protocol
        return CompiledProtocol(
            protocol,
            self._table,
            {finding.id: finding for finding in protocol.findings},
            self._name_bits(protocol.gates),
            self._conflicts,
            self._compile_rules(protocol.raising_rules),
            self._compile_rules(protocol.self_care_rules),
            tuple(
                self._compile_score(score)
                for score in sorted(protocol.scores, key=lambda score: score.id)
            ),
            tuple(
                self._compile_cause(cause)
                for cause in sorted(protocol.causes, key=lambda cause: cause.id)
            ),
        )

    def _compile_rules(self, rules: tuple[Rule, ...]) -> tuple[CompiledRule, ...]:
        ordered = sorted(rules, key=lambda rule: (-rule.urgency.rank, rule.id))
        return tuple(self._compile_rule(rule) for rule in ordered)

    def _compile_rule(self, rule: Rule) -> CompiledRule:
        form = self._forms[id(rule.when)]
        raises = rule.urgency is not Urgency.SELF_CARE
        names = self._name_facts(form, raises=raises)
        findings = sum(bit for name, bit in names if name in self._table.finding_bits)
        support = compile_support(form, self._table.places, self._table.bits)
        circuit = self._compile_form(form)
        untouched = circuit(self._nothing_known_cautiously if raises else self._nothing_known)
        return CompiledRule(
            rule,
            rule.urgency.rank,
            circuit,
            support,
            names,
            findings,
            deciders=circuit(self._each_alone)[0],
            facts=sum({bit for _, bit in names}),
            untouched=untouched,
            untouched_names=tuple(name for name, bit in names if untouched[2] & bit),
        )

    def _compile_form(self, form: NormalForm) -> Circuit:
        return compile_circuit(form, self._table.places, self._table.everywhere)

    def _compile_score(self, score: Score) -> CompiledScore:
        forms = [(self._forms[id(when)], points) for when, points in score.askable_items]
        points = [item.points for item in score.items]
        hidden = [item.points for item in score.items if item.when is None]
        return CompiledScore(
            score,
            tuple((self._compile_form(form), points) for form, points in forms),
            facts=sum(
                {bit for form, _ in forms for _, bit in self._name_facts(form, raises=False)}
            ),
            low=sum(min(0, point) for point in points),
            high=sum(max(0, point) for point in points),
            hidden_low=sum(min(0, point) for point in hidden),
            hidden_high=sum(max(0, point) for point in hidden),
        )

    def _compile_cause(self, cause: Cause) -> CompiledCause:
        form = self._forms[id(cause.required)] if cause.required else None
        supporting, opposing = self._name_bits(cause.supporting), self._name_bits(cause.opposing)
        names = self._name_bits({*cause.supporting, *cause.opposing})
        bits = (sum(bit for _, bit in supporting), sum(bit for _, bit in opposing))
        return CompiledCause(
            cause,
            cause.name.lower(),
            self._compile_form(form) if form else None,
            sum({bit for _, bit in self._name_facts(form, raises=False)}) if form else 0,
            supporting,
            opposing,
            names,
            *bits,
        )

    def _name_bits(self, names: Iterable[str]) -> NamedBits:
        return tuple((name, self._table.finding_bits[name]) for name in sorted(set(names)))

    def _name_facts(self, form: NormalForm, *, raises: bool) -> NamedBits:
        named = {
            (_name(literal.atom), self._table.bits[literal]) for literal in list_literals(form)
        }
        if raises:
            named |= self._name_rivals({name for name, _ in named})
        return tuple(sorted(named))

    def _name_rivals(self, names: set[str]) -> set[tuple[str, int]]:
        """The findings whose answer decides how a contradicted one is read."""
        conflicts = [
            conflict for conflict in self._protocol.conflicts if names & set(conflict.findings)
        ]
        return {pair for conflict in conflicts for pair in self._name_bits(conflict.findings)}


def _name(atom: Atom) -> str:
    """What a person would have to tell: a finding's id, `age_years`, `age_months` or `sex`."""
    if isinstance(atom, FindingRef):
        return atom.id
    return atom.unit if isinstance(atom, AgeAtLeast) else "sex"
