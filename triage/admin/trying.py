"""Trying a rule out while it is written: the answer to made-up findings, the trace, the flips."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast

from triage.compilation import compile_definition
from triage.core.evaluate import evaluate
from triage.core.facts import Facts, FactsError, Interval, Presence, Sex
from triage.core.flips import Flip, get_truth, list_rule_flips, list_urgency_flips
from triage.core.parts import Rule
from triage.core.protocol import Protocol
from triage.core.trace import Step, trace
from triage.definition import ProtocolDraft

MAX_COMPILED = 16
"""Drafts that people are writing now, kept compiled in a process."""
FLIPS_SHOWN = 6


def compile_draft(data: Mapping[str, Any]) -> Protocol:
    """The protocol of a draft's JSON, without its cases; the same draft is compiled once.

    Raises pydantic's `ValidationError` or `CompilationError`.
    """
    text = json.dumps({**data, "case_sets": []}, sort_keys=True)
    return _compile(sha256(text.encode()).digest(), text)


@lru_cache(maxsize=MAX_COMPILED)
def _compile(_digest: bytes, text: str) -> Protocol:
    draft = ProtocolDraft.model_validate(json.loads(text))
    return compile_definition(draft.model_dump(mode="json"))


def read_facts(body: Mapping[str, Any], protocol: Protocol) -> Facts:
    """What was ticked. Findings that the draft no longer has are left out. Raises `FactsError`."""
    known = {finding.id for finding in protocol.findings}
    findings = body.get("findings")
    sex = body.get("sex") or Sex.UNKNOWN
    if not isinstance(findings, dict) or not isinstance(sex, str):
        raise FactsError("findings", "must be an object of ids and answers")
    return Facts(
        {name: value for name, value in findings.items() if name in known},
        body.get("age_years"),
        body.get("age_months"),
        cast("Sex", sex),  # `Facts` reads it, or refuses it
    )


def try_out(protocol: Protocol, rule_id: str, facts: Facts) -> dict[str, Any]:
    """The answer to these facts; with a rule of the protocol, how it came to its truth too."""
    evaluation = evaluate(protocol, facts)
    rule = next((rule for rule in protocol.rules if rule.id == rule_id), None)
    return {
        "urgency": evaluation.disposition.urgency.value,
        "headline": evaluation.disposition.headline,
        "status": evaluation.status.value,
        "worst_case": evaluation.range.worst_case.value,
        "withheld_because": sorted({name for w in evaluation.withheld for name in w.because}),
        "contradictions": [list(conflict.findings) for conflict in evaluation.conflicts],
        "matched": [_show_rule(match.rule) for match in evaluation.matched],
        "urgency_flips": _show_flips(list_urgency_flips(protocol, facts)),
        "rule": _show_trial(protocol, rule, facts) if rule else None,
    }


def _show_trial(protocol: Protocol, rule: Rule, facts: Facts) -> dict[str, Any]:
    scores = {score.id: score for score in protocol.scores}
    phrases = {finding.id: finding.phrase for finding in protocol.findings}
    phrases |= {score.id: score.title for score in protocol.scores}
    return {
        "truth": get_truth(protocol, rule.id, facts).name.lower(),
        "trace": _show_step(trace(rule.when, facts, scores, phrases)),
        "flips": _show_flips(list_rule_flips(protocol, rule.id, facts)),
    }


def _show_rule(rule: Rule) -> dict[str, str]:
    return {"id": rule.id, "title": rule.title, "urgency": rule.urgency.value}


def _show_flips(flips: Sequence[Flip]) -> list[dict[str, Any]]:
    return [
        {
            "answers": {name: Presence(value).value for name, value in flip.answers.items()},
            "urgency": flip.urgency.value,
        }
        for flip in flips[:FLIPS_SHOWN]
    ]


def _show_step(step: Step) -> dict[str, Any]:
    return {
        "text": step.text,
        "words": step.words,
        "truth": step.truth.name.lower(),
        "interval": _show_interval(step.interval),
        "points": step.points,
        "steps": [_show_step(below) for below in step.steps],
    }


def _show_interval(interval: Interval | None) -> list[int] | None:
    return [interval.low, interval.high] if interval else None
