"""Which facts can make a rule true: a few literals of which at least one is true whenever the rule
is. Where none of them is, the rule need not be looked at.
"""

from triage.core.expressions import FindingRef
from triage.core.normal_form import Literal, NormalForm

Triggers = frozenset[Literal]


def choose_triggers(form: NormalForm) -> Triggers | None:
    """None where the form is true whatever the facts are.

    Of parts that must all be true, the rarest is enough. In general, parts may be left out as long
    as they could not reach the threshold by themselves.
    """
    if isinstance(form, Literal):
        return frozenset({form})
    if form.least <= 0:
        return None
    found = [choose_triggers(part) for part in form.parts]
    pairs = list(zip(found, form.weights, strict=True))
    left_out = sum(weight for triggers, weight in pairs if triggers is None)
    if left_out >= form.least:
        return None
    chosen: Triggers = frozenset()
    some = [(triggers, weight) for triggers, weight in pairs if triggers is not None]
    for triggers, weight in sorted(some, key=lambda pair: -_rate(pair[0])):
        if left_out + weight < form.least:
            left_out += weight
        else:
            chosen |= triggers
    return chosen


def _rate(triggers: Triggers) -> int:
    """How often one of them is true, roughly: most findings are absent, and age is known."""
    return sum(_rate_literal(literal) for literal in triggers)


def _rate_literal(literal: Literal) -> int:
    if not isinstance(literal.atom, FindingRef):
        return 20
    return 1 if literal.positive else 10
