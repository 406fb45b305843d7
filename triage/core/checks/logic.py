"""Rules that conclude something from nothing, that can never apply, or that are there twice."""

from collections import defaultdict
from collections.abc import Iterator

from triage.core.checks.satisfiable import is_satisfiable
from triage.core.facts import Facts
from triage.core.interpret import interpret
from triage.core.normal_form import NormalForm, Threshold, normalise
from triage.core.parts import Rule
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol
from triage.core.truth import Truth


def list_logic_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """Problems of each rule on its own, then rules that repeat one another."""
    scores = {score.id: score for score in protocol.scores}
    forms = {rule: normalise(rule.when, scores) for rule in protocol.rules}
    for rule, form in forms.items():
        if interpret(rule.when, Facts(), scores) is Truth.TRUE:
            yield _describe_premature(rule)
        if not is_satisfiable(form):
            yield _describe_unreachable(rule)
    yield from _list_duplicates(forms)


def _describe_premature(rule: Rule) -> ProtocolProblem:
    message = f"{rule.id} is true although nothing is known about the person"
    hint = "let it rest on a finding that somebody must report"
    return ProtocolProblem("true_when_nothing_is_known", message, hint, f"rules/{rule.id}")


def _describe_unreachable(rule: Rule) -> ProtocolProblem:
    message, hint = f"{rule.id} can never be true", "look for parts that exclude each other"
    return ProtocolProblem("unreachable_rule", message, hint, f"rules/{rule.id}")


def _list_duplicates(forms: dict[Rule, NormalForm]) -> Iterator[ProtocolProblem]:
    """The same condition at the same urgency, in whatever order it is written."""
    groups = defaultdict(list)
    for rule, form in forms.items():
        groups[rule.urgency, repr(sort_parts(form))].append(rule.id)
    for names in groups.values():
        first, *others = sorted(names)
        for name in others:
            message, hint = f"{name} says the same as {first}", "remove one, or say what differs"
            yield ProtocolProblem("duplicate_rule", message, hint, f"rules/{name}")


def sort_parts(form: NormalForm) -> NormalForm:
    """The same condition with its parts in one order, however it was written."""
    if not isinstance(form, Threshold) or not form.parts:
        return form
    pairs = zip((sort_parts(part) for part in form.parts), form.weights, strict=True)
    parts, weights = zip(*sorted(pairs, key=repr), strict=True)
    return Threshold(tuple(parts), tuple(weights), form.least)
