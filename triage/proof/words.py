"""What is said where a claim does not hold: the case that refutes it, as a clinician reads it."""

from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from triage.case_changes import describe_findings
from triage.core.facts import Facts
from triage.core.parts import Finding, Rule
from triage.core.protocol import Protocol

UNDECIDED = "proof_undecided"
NOTHING_KNOWN = "Somebody of whom nothing is known"
URGENCY_WORDS = {urgency: urgency.value.replace("_", "-") for urgency in Urgency}


def describe_case(protocol: Protocol, facts: Facts) -> str:
    """`63 years, male; present: fever; absent: limp`."""
    phrases = {finding.id: finding.phrase for finding in protocol.findings}
    data = {
        "findings": facts.findings,
        "age_years": facts.age_years,
        "age_months": facts.age_months,
        "sex": facts.sex,
    }
    return describe_findings(data, phrases) or NOTHING_KNOWN


def say_concludes_from_nothing(protocol: Protocol, rule: Rule) -> Problem:
    return Problem(
        "proof_concludes_from_nothing",
        f"{NOTHING_KNOWN} is answered {_say(rule.urgency)} by the rule `{rule.id}`.",
        "Let it rest on a finding that somebody must report.",
        _point_to_rule(protocol, rule),
    )


def say_not_monotone(
    protocol: Protocol, finding: Finding, before: Facts, given: Urgency, after: Urgency
) -> Problem:
    return Problem(
        "proof_not_monotone",
        f"{describe_case(protocol, before)} is answered {_say(given)}; with “{finding.phrase}” "
        f"present as well it is answered {_say(after)}.",
        f"Look for the rule that {finding.id} switches off: `not`, minus points, < and ==. "
        "Or take the mark of a red flag off the finding.",
        f"/findings/{protocol.findings.index(finding)}",
    )


def say_past_gate(protocol: Protocol, gate: str, facts: Facts) -> Problem:
    return Problem(
        "proof_self_care_past_gate",
        f"{describe_case(protocol, facts)} is answered self-care although “{gate}” is not known "
        "to be absent.",
        "Report this: a gate must keep everybody from self-care until it is answered absent.",
        "/gates",
    )


def say_not_reached(
    protocol: Protocol, red_flag: str, urgency: Urgency, rule: Rule, facts: Facts | None
) -> Problem:
    least = f"The least that does: {describe_case(protocol, facts)}." if facts else "Nothing does."
    return Problem(
        "proof_red_flag_not_reached",
        f"Nothing that is present makes a rule for the red flag `{red_flag}` {_say(urgency)} "
        f"while everything else is unknown. {least}",
        "Add a rule for it that needs nothing to be absent: people are asked one question after "
        "the other, and the page promises this for the sign alone.",
        _point_to_rule(protocol, rule),
    )


def say_undecided(why: str) -> Problem:
    return Problem(
        UNDECIDED,
        f"The protocol could be neither proved nor refuted: {why}.",
        "Try again. If it stays so, simplify the largest rules and scores, or report this.",
    )


def _say(urgency: Urgency) -> str:
    return URGENCY_WORDS[urgency]


def _point_to_rule(protocol: Protocol, rule: Rule) -> str:
    return f"/rules/{protocol.rules.index(rule)}"
