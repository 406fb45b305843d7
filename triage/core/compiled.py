"""A protocol made ready for evaluation, once: normal forms, circuits and bit sets, in an order that
does not depend on the protocol's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from calfcms.urgency import Urgency
from triage.core.applicability import Applicability
from triage.core.circuits import (
    BOTH,
    Circuit,
    OpenFacts,
    Support,
    compile_circuit,
    compile_open_facts,
    compile_support,
)
from triage.core.conflicts import (
    Cautious,
    CompiledConflict,
    compile_conflict,
    read_cautiously,
    read_flips_cautiously,
)
from triage.core.evaluation import NotExcluded
from triage.core.expressions import FindingRef
from triage.core.literals import LiteralTable
from triage.core.normal_form import (
    AgeAtLeast,
    Atom,
    NormalForm,
    list_literals,
    normalise,
)
from triage.core.parts import Cause, Finding, Rule, Score
from triage.core.protocol import Protocol

NamedBits = tuple[tuple[str, int], ...]
"""Names of facts with their bits, sorted by name."""

NamedPlaces = tuple[tuple[str, int], ...]
"""Names of findings with the places where they are asserted, sorted by name."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    rule: Rule
    rank: int
    circuit: Circuit
    open_facts: OpenFacts
    """What it waits for while it is open."""

    support: Support
    names: NamedBits
    """Every fact the rule may rest on, also through a score or a conflict."""

    findings: int
    """The findings among them."""

    deciders: int
    """The findings of which each makes the rule true alone, with nothing else known."""

    facts: int
    """Everything in `names`."""

    untouched: int
    """Its value while none of its facts is known, which most rules have for most people."""

    untouched_entry: NotExcluded
    """How it is then shown."""

    untouched_decides: int
    untouched_closes: int
    """As `outlook` has it for answers still to come."""

    sign: str
    """What to watch for, and how soon to act on it."""


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

    supporting: NamedPlaces
    opposing: NamedPlaces
    names: NamedPlaces
    """Supporting and opposing."""

    supporting_bits: int
    opposing_bits: int


@dataclass(frozen=True, slots=True)
class CompiledProtocol:
    protocol: Protocol
    table: LiteralTable
    findings: tuple[Finding, ...]
    """By id, as their bits are."""

    red_flags: int
    applicabilities: tuple[tuple[int, Applicability], ...]
    """Findings that are not for everybody, as bits."""

    gates: NamedBits
    conflicts: tuple[CompiledConflict, ...]
    raising_rules: tuple[CompiledRule, ...]
    """Highest urgency first, then by id; so are the rules for self-care."""

    self_care_rules: tuple[CompiledRule, ...]
    signs: tuple[tuple[CompiledRule, ...], ...]
    """Raising rules in groups: the most urgent first, and of these first those that one finding
    alone makes true.
    """

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
        self._headlines = {entry.urgency: entry.headline for entry in protocol.dispositions}
        values = self._table.nothing_known
        self._nothing_known = Cautious(values, {})
        self._nothing_known_cautiously = read_cautiously(values, 0, 0, self._conflicts)
        self._each_alone = self._build_each_alone()
        self._nothing_asked_cautiously = read_flips_cautiously(
            self._table.nothing_asked, self._conflicts
        )

    def compile(self) -> CompiledProtocol:
        protocol = self._protocol
        raising_rules = self._compile_rules(protocol.raising_rules)
        return CompiledProtocol(
            protocol,
            self._table,
            tuple(sorted(protocol.findings, key=lambda finding: finding.id)),
            sum(
                self._table.finding_bits[finding.id]
                for finding in protocol.findings
                if finding.red_flag
            ),
            tuple(
                (self._table.finding_bits[finding.id], finding.applies)
                for finding in protocol.findings
                if finding.applies
            ),
            self._name_bits(protocol.gates),
            self._conflicts,
            raising_rules,
            self._compile_rules(protocol.self_care_rules),
            _group_signs(raising_rules),
            tuple(
                self._compile_score(score)
                for score in sorted(protocol.scores, key=lambda score: score.id)
            ),
            tuple(
                self._compile_cause(cause)
                for cause in sorted(protocol.causes, key=lambda cause: cause.id)
            ),
        )

    def _build_each_alone(self) -> list[int]:
        """Worlds of which each has one finding present and nothing else known."""
        values = [0] * len(self._table.nothing_known)
        for name, bit in self._table.finding_bits.items():
            values[self._table.finding_places[name]] = bit
        return values

    def _compile_rules(self, rules: tuple[Rule, ...]) -> tuple[CompiledRule, ...]:
        ordered = sorted(rules, key=lambda rule: (-rule.urgency.rank, rule.id))
        return tuple(self._compile_rule(rule) for rule in ordered)

    def _compile_rule(self, rule: Rule) -> CompiledRule:
        form, table = self._forms[id(rule.when)], self._table
        raises = rule.urgency is not Urgency.SELF_CARE
        nothing_known = self._nothing_known_cautiously if raises else self._nothing_known
        names = self._name_facts(form, raises=raises)
        circuit = compile_circuit(form, table.places)
        open_facts = compile_open_facts(form, table.places, table.bits, nothing_known.doubts)
        untouched = circuit(nothing_known.values, BOTH)
        untouched_open = open_facts(nothing_known.values, table.everything, nothing_known.doubts)
        missing = tuple(name for name, bit in names if untouched_open & bit)
        worlds = self._nothing_asked_cautiously if raises else table.nothing_asked
        outlook = circuit(worlds, table.every_outlook)
        return CompiledRule(
            rule,
            rule.urgency.rank,
            circuit,
            open_facts,
            compile_support(form, table.places, table.bits, nothing_known.doubts),
            names,
            findings=sum(bit for name, bit in names if name in table.finding_bits),
            deciders=circuit(self._each_alone, table.everything),
            facts=sum({bit for _, bit in names}),
            untouched=untouched,
            untouched_entry=NotExcluded(rule, missing),
            untouched_decides=outlook & table.findings,
            untouched_closes=~(outlook >> len(table.finding_bits)) & table.findings,
            sign=self._word_sign(rule),
        )

    def _word_sign(self, rule: Rule) -> str:
        """A draft may lack its dispositions; it is never evaluated in full."""
        headline = self._headlines.get(rule.urgency, "")
        return f"{rule.title or rule.reason or rule.id}: {headline}"

    def _compile_score(self, score: Score) -> CompiledScore:
        forms = [(self._forms[id(when)], points) for when, points in score.askable_items]
        points = [item.points for item in score.items]
        hidden = [item.points for item in score.items if item.when is None]
        return CompiledScore(
            score,
            tuple((compile_circuit(form, self._table.places), points) for form, points in forms),
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
        return CompiledCause(
            cause,
            cause.name.lower(),
            compile_circuit(form, self._table.places) if form else None,
            sum({bit for _, bit in self._name_facts(form, raises=False)}) if form else 0,
            self._name_places(cause.supporting),
            self._name_places(cause.opposing),
            self._name_places((*cause.supporting, *cause.opposing)),
            sum(bit for _, bit in self._name_bits(cause.supporting)),
            sum(bit for _, bit in self._name_bits(cause.opposing)),
        )

    def _name_bits(self, names: Iterable[str]) -> NamedBits:
        return tuple((name, self._table.finding_bits[name]) for name in sorted(set(names)))

    def _name_places(self, names: Iterable[str]) -> NamedPlaces:
        return tuple((name, self._table.finding_places[name]) for name in sorted(set(names)))

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


def _group_signs(rules: tuple[CompiledRule, ...]) -> tuple[tuple[CompiledRule, ...], ...]:
    ordered = sorted(rules, key=_get_sign_group)
    return tuple(tuple(group) for _, group in groupby(ordered, key=_get_sign_group))


def _get_sign_group(rule: CompiledRule) -> tuple[int, bool]:
    return -rule.rank, not rule.deciders


def _name(atom: Atom) -> str:
    """What a person would have to tell: a finding's id, `age_years`, `age_months` or `sex`."""
    if isinstance(atom, FindingRef):
        return atom.id
    return atom.unit if isinstance(atom, AgeAtLeast) else "sex"
