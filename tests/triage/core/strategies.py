"""Random expressions, facts and protocols: small enough to enumerate, rich enough to go wrong."""

from dataclasses import replace

from hypothesis import strategies as st

from calfcms.urgency import Urgency
from tests.triage.core.builders import make_findings, make_protocol, make_rule
from triage.core.checks import list_problems
from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    Not,
    Or,
    Quantity,
    SexIs,
)
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Conflict, Protocol, Score, ScoreItem

NAMES = ("a", "b", "c", "d", "e", "f")
SCORES = ("points",)

refs: st.SearchStrategy[Expression] = st.sampled_from(NAMES).map(FindingRef)
comparisons = st.sampled_from(Comparison)
sexes: st.SearchStrategy[Expression] = st.sampled_from((SexIs("female"), SexIs("male")))
ages: st.SearchStrategy[Expression] = st.builds(
    Compare,
    st.sampled_from((Quantity("age_years"), Quantity("age_months"))),
    comparisons,
    st.integers(0, 40),
)
score_comparisons: st.SearchStrategy[Expression] = st.builds(
    Compare, st.sampled_from(SCORES).map(Quantity), comparisons, st.integers(-3, 5)
)


def _grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    groups = st.builds(AtLeast, st.integers(1, 3), st.lists(inner, max_size=4).map(tuple))
    return inner.map(Not) | several.map(And) | several.map(Or) | groups


plain_expressions = st.recursive(refs | refs | refs | ages | sexes, _grow, max_leaves=6)
expressions = st.recursive(
    refs | refs | refs | ages | sexes | score_comparisons, _grow, max_leaves=8
)
finding_expressions = st.recursive(refs, _grow, max_leaves=8)


@st.composite
def read_once_expressions(draw: st.DrawFn) -> Expression:
    """Each finding occurs once: then Kleene's logic says exactly what all completions agree on."""
    nodes: list[Expression] = [FindingRef(name) for name in draw(st.permutations(NAMES))]
    while len(nodes) > 1:
        size = draw(st.integers(2, 3))
        taken, nodes = tuple(nodes[:size]), nodes[size:]
        joins: list[Expression] = [And(taken), Or(taken), AtLeast(2, taken)]
        joined = draw(st.sampled_from(joins))
        nodes.append(Not(joined) if draw(st.booleans()) else joined)
    return nodes[0]


points = st.integers(-3, 3).filter(bool)
items = st.builds(ScoreItem, st.just("item"), st.just("label"), plain_expressions, points)


@st.composite
def scores(draw: st.DrawFn) -> tuple[Score, ...]:
    made = draw(st.lists(items, min_size=1, max_size=4))
    numbered = tuple(replace(item, id=f"item_{place}") for place, item in enumerate(made))
    return tuple(Score(name, name, numbered) for name in SCORES)


presences = st.sampled_from(Presence)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    findings = draw(st.dictionaries(st.sampled_from(NAMES), presences))
    years = draw(st.none() | st.integers(0, 40))
    months = draw(st.none() | st.integers(0, 40 * 12)) if years is None else None
    return Facts(findings, years, months, draw(st.sampled_from(Sex)))


@st.composite
def conflicts(draw: st.DrawFn) -> Conflict:
    names = draw(st.permutations(NAMES))[: draw(st.integers(2, 3))]
    return Conflict(tuple(names), draw(st.sampled_from(names)))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """Any protocol; its rules may be nonsense."""
    made = draw(st.lists(st.tuples(st.sampled_from(Urgency), expressions), min_size=1, max_size=6))
    rules = [make_rule(f"rule_{place}", *rule) for place, rule in enumerate(made)]
    return make_protocol(
        rules,
        make_findings(NAMES),
        scores=draw(scores()),
        conflicts=tuple(draw(st.lists(conflicts(), max_size=3))),
        gates=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))),
    )


@st.composite
def checked_protocols(draw: st.DrawFn) -> Protocol:
    """Protocols with as many red flags as the red-flag checks allow."""
    protocol = draw(protocols())
    flagged = replace(protocol, findings=make_findings(NAMES, NAMES))
    faults = [problem for problem in list_problems(flagged) if "red_flag" in problem.code]
    blamed = {
        name for name in NAMES for fault in faults if f"red flag {name} " in f"{fault.message} "
    }
    red_flags = [name for name in NAMES if name not in blamed]
    return replace(protocol, findings=make_findings(NAMES, red_flags))
