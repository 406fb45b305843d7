"""Small protocols for tests, with everything the checks ask for unless a test leaves it out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from calfcms.urgency import Urgency
from triage.core.expressions import Expression, parse
from triage.core.facts import Facts, Presence
from triage.core.protocol import (
    Call,
    Conflict,
    Disposition,
    Finding,
    Protocol,
    Region,
    Rule,
    Score,
    ScoreItem,
)

DISPOSITIONS = tuple(
    Disposition(urgency, f"{urgency} headline", f"{urgency} advice") for urgency in Urgency
)
REGIONS = (
    Region("generic", "Anywhere", (Call(Urgency.EMERGENCY, "your emergency number"),)),
    Region("GB", "United Kingdom", (Call(Urgency.EMERGENCY, "999"), Call(Urgency.URGENT, "111"))),
)
EMERGENCY, URGENT, ROUTINE = Urgency.EMERGENCY, Urgency.URGENT, Urgency.ROUTINE
SELF_CARE = Urgency.SELF_CARE


def make_findings(names: Iterable[str], red_flags: Iterable[str] = ()) -> tuple[Finding, ...]:
    marked = set(red_flags)
    return tuple(
        Finding(name, f"{name} phrase", f"{name} question?", red_flag=name in marked)
        for name in names
    )


def make_rule(name: str, urgency: Urgency, when: str | Expression, **fields: Any) -> Rule:
    complete = {
        "title": f"{name} title",
        "reason": f"{name} reason",
        "references": ("source-2020",),
        "effective_from": date(2026, 11, 22),
    }
    node = parse(when) if isinstance(when, str) else when
    return Rule(name, urgency, node, **{**complete, **fields})


def make_protocol(
    rules: Iterable[Rule], findings: str | tuple[Finding, ...] = "a b c d e", **fields: Any
) -> Protocol:
    known = make_findings(findings.split()) if isinstance(findings, str) else findings
    shape = {"dispositions": DISPOSITIONS, "regions": REGIONS, "conditions": ("calf-pain",)}
    return Protocol("test", "en", "Test", known, tuple(rules), **{**shape, **fields})


def make_score(name: str, items: Mapping[str, int]) -> Score:
    made = (
        ScoreItem(f"item_{position}", f"label {position}", parse(when), points)
        for position, (when, points) in enumerate(items.items())
    )
    return Score(name, f"{name} title", tuple(made), note="cannot rule out", references=("s-1",))


def make_facts(present: str = "", absent: str = "", unknown: str = "", **person: Any) -> Facts:
    findings = dict.fromkeys(present.split(), Presence.PRESENT)
    findings |= dict.fromkeys(absent.split(), Presence.ABSENT)
    findings |= dict.fromkeys(unknown.split(), Presence.UNKNOWN)
    return Facts(findings, **person)


def make_conflict(text: str) -> Conflict:
    """The first finding is the one that is believed."""
    names = tuple(text.split())
    return Conflict(names, names[0])
