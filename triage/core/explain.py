"""Reasons in words, in the phrases of the protocol's findings."""

from collections.abc import Iterable, Mapping

from triage.core.evaluation import Match, NearMiss, NotExcluded
from triage.core.expressions import describe
from triage.core.facts import Presence
from triage.core.parts import Rule
from triage.core.protocol import Protocol

Phrases = Mapping[str, str]
FACT_PHRASES = {
    "age_years": "the age in years",
    "age_months": "the age in months",
    "sex": "the sex",
}


def list_phrases(protocol: Protocol) -> dict[str, str]:
    """What to call each finding and score, and the facts that are no findings."""
    phrases = {finding.id: finding.phrase for finding in protocol.findings}
    titles = {score.id: score.title for score in protocol.scores}
    return {**FACT_PHRASES, **phrases, **titles}


def explain_rule(rule: Rule, phrases: Phrases) -> str:
    """When the rule applies to anybody."""
    return describe(rule.when, phrases)


def explain_match(match: Match, phrases: Phrases) -> str:
    """Why the rule applies to this person."""
    present = _name((name for name, value in match.findings if value is Presence.PRESENT), phrases)
    absent = _name((name for name, value in match.findings if value is Presence.ABSENT), phrases)
    parts = [f"because: {present}" if present else "", f"not: {absent}" if absent else ""]
    return "; ".join(filter(None, parts)) or "because of age or sex"


def explain_not_excluded(entry: NotExcluded, phrases: Phrases) -> str:
    """What would have to be known."""
    return f"not yet known: {_name(entry.missing, phrases)}"


def explain_near_miss(miss: NearMiss, phrases: Phrases) -> str:
    """The one answer that keeps the rule from applying."""
    answer = "yes" if miss.value is Presence.PRESENT else "no"
    return f"would apply if the answer were not {answer}: {_name([miss.finding], phrases)}"


def _name(names: Iterable[str], phrases: Phrases) -> str:
    return ", ".join(phrases.get(name, name) for name in names)
