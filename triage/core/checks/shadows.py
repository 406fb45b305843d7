"""Rules that change no answer: whenever they are true, another is that is at least as urgent.

Such a rule may be worth having, as it gives its own reason on its own evidence, so that it is a
note to editors. It is a fault only where it adds nothing at all.
"""

from collections.abc import Iterator

from triage.core.checks.logic import sort_parts
from triage.core.checks.satisfiable import is_satisfiable
from triage.core.normal_form import NormalForm, Threshold, list_literals, normalise
from triage.core.parts import Rule
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol


def list_shadowed_rules(protocol: Protocol) -> list[tuple[Rule, Rule]]:
    """Each rule that changes no answer, with one that is always true with it.

    Of two rules that are true for the same people at the same urgency, only the one with the later
    id; none where they are written alike, which is a fault of its own.
    """
    rules = sorted(protocol.raising_rules, key=lambda rule: (-rule.urgency.rank, rule.id))
    judged = [_Judged(rule, protocol) for rule in rules]
    shadowed = []
    for place, rule in enumerate(judged):
        if other := _find_shadow(rule, judged[:place], judged[place + 1 :]):
            shadowed.append((rule.rule, other.rule))
    return shadowed


def list_shadow_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Shadowed rules that add nothing: no suspect, no red flag and no source of their own."""
    for rule, other in list_shadowed_rules(protocol):
        if rule.urgency is other.urgency and not _list_additions(rule, other):
            message = f"{rule.id} is true only where {other.id} is, and adds nothing to it"
            hint = "remove it, raise its urgency, or cite the evidence that is its own"
            yield ProtocolProblem("shadowed_rule", message, hint, f"rules/{rule.id}")


class _Judged:
    """A rule with its condition and the denial of its condition."""

    def __init__(self, rule: Rule, protocol: Protocol) -> None:
        scores = {score.id: score for score in protocol.scores}
        self.rule = rule
        self.form = sort_parts(normalise(rule.when, scores))
        self.denial = normalise(rule.when, scores, positive=False)
        self.atoms = {literal.atom for literal in list_literals(self.form)}
        self.is_reachable = is_satisfiable(self.form)


def _find_shadow(rule: _Judged, above: list[_Judged], below: list[_Judged]) -> _Judged | None:
    if not rule.is_reachable:  # a fault of its own
        return None
    level = [other for other in below if other.rule.urgency is rule.rule.urgency]
    shadows = (other for other in above if _follows(other, rule) and not _is_twin(other, rule))
    wider = (other for other in level if _follows(other, rule) and not _follows(rule, other))
    return next(shadows, None) or next(wider, None)


def _is_twin(other: _Judged, rule: _Judged) -> bool:
    return other.rule.urgency is rule.rule.urgency and other.form == rule.form


def _follows(other: _Judged, rule: _Judged) -> bool:
    """Whether `other` is true for everybody for whom the rule is."""
    return not rule.atoms.isdisjoint(other.atoms) and not is_satisfiable(
        _both(rule.form, other.denial)
    )


def _both(form: NormalForm, other: NormalForm) -> NormalForm:
    return Threshold((form, other), (1, 1), 2)


def _list_additions(rule: Rule, other: Rule) -> set[object]:
    own = {*rule.suspects, *rule.red_flags, *rule.references}
    return own - {*other.suspects, *other.red_flags, *other.references}
