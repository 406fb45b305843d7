"""Which rows django-reversion keeps copies of: a protocol's draft, always whole."""

import reversion

from triage.models import CaseSet, Cause, Finding, Protocol, Rule, Score, ScoreItem


def register_models() -> None:
    """Called once from `ready()`, before any admin could register them with other options."""
    reversion.register(Protocol, follow=("findings", "rules", "scores", "causes", "case_sets"))
    reversion.register(Score, follow=("items",))
    for model in (Finding, Rule, ScoreItem, Cause, CaseSet):
        reversion.register(model)
