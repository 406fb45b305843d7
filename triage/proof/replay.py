"""Asks the evaluator about whoever the solver found: an encoding that differs proves nothing."""

from calfcms.urgency import Urgency
from triage.core.evaluate import evaluate
from triage.core.facts import Facts
from triage.core.parts import Rule
from triage.core.protocol import Protocol
from triage.core.shortcut import decide_urgency


class Disagreement(Exception):
    """The encoding and the evaluator differ: one of them is wrong, and not the protocol."""


def replay(protocol: Protocol, facts: Facts) -> Urgency:
    """What the evaluator answers."""
    return decide_urgency(protocol, facts)


def replay_rule(protocol: Protocol, facts: Facts, rule: Rule) -> None:
    """Raises `Disagreement` unless the evaluator shows the rule as true."""
    shown = {match.rule.id for match in evaluate(protocol, facts).matched}
    confirm(rule.id in shown, f"whether the rule {rule.id} is true")


def confirm(is_so: bool, what: str) -> None:
    """Raises `Disagreement` where the evaluator did not answer as the solver said."""
    if not is_so:
        raise Disagreement(f"solver and evaluator do not agree {what}")
