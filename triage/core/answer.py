"""The evaluation as JSON-able data: members and order as the HTTP contract has them.

The web layer adds what the core can't know: `protocol`, `content`, `disclaimer`, `receipt`, the
references behind their keys, and which red flags are on pages that are live.
"""

from typing import Any

from triage.core.evaluation import Evaluation, Match, NextQuestion
from triage.core.parts import Conflict
from triage.core.wording import Speaker

Json = dict[str, Any]


def to_answer(evaluation: Evaluation, *, speaker: Speaker = Speaker.SELF) -> Json:
    """The evaluate response without the members named above; questions as put to the speaker."""
    return {
        "status": evaluation.status.value,
        "disposition": _write_disposition(evaluation),
        "range": {
            "best_case": evaluation.range.best_case.value,
            "worst_case": evaluation.range.worst_case.value,
        },
        "withheld": [
            {"urgency": urgency.value, "because": list(because)}
            for urgency, because in evaluation.withheld
        ],
        "matched": [_write_match(entry) for entry in evaluation.matched],
        "not_excluded": [
            {
                "rule": rule.id,
                "urgency": rule.urgency.value,
                "title": rule.title,
                "missing": list(missing),
            }
            for rule, missing in evaluation.not_excluded
        ],
        "near_misses": [
            {"rule": rule.id, "title": rule.title, "blocked_by": {finding: value.value}}
            for rule, finding, value in evaluation.near_misses
        ],
        "possible_causes": [
            {
                "name": cause.name,
                "condition": cause.condition,
                "likelihood": likelihood.value,
                "supporting": list(supporting),
                "opposing": list(opposing),
                "unknown": list(unknown),
            }
            for cause, likelihood, supporting, opposing, unknown in evaluation.possible_causes
        ],
        "scores": [
            {
                "id": score.id,
                "title": score.title,
                "known": known,
                "of": of,
                "min": low,
                "max": high,
                "note": score.note,
                "references": list(score.references),
            }
            for score, known, of, low, high in evaluation.scores
        ],
        "next_questions": [_write_question(entry, speaker) for entry in evaluation.next_questions],
        "conflicts": [_write_conflict(entry) for entry in evaluation.conflicts],
        "safety_net": list(evaluation.safety_net),
    }


def _write_disposition(evaluation: Evaluation) -> Json:
    disposition = evaluation.disposition
    return {
        "urgency": disposition.urgency.value,
        "headline": disposition.headline,
        "advice": disposition.advice,
        "call": evaluation.call,
    }


def _write_match(entry: Match) -> Json:
    rule = entry.rule
    link = rule.red_flags[0] if rule.red_flags else None
    return {
        "rule": rule.id,
        "urgency": rule.urgency.value,
        "title": rule.title,
        "reason": rule.reason,
        "findings": {name: value.value for name, value in entry.findings},
        "suspects": list(rule.suspects),
        "red_flag": {"condition": link.condition, "id": link.id} if link else None,
        "references": list(rule.references),
    }


def _write_conflict(entry: Conflict) -> Json:
    return {"findings": list(entry.findings), "read_as": entry.read_as}


def _write_question(entry: NextQuestion, speaker: Speaker) -> Json:
    wording = entry.finding.word_for(speaker)
    return {
        "finding": entry.finding.id,
        "question": wording.question,
        "help": wording.help,
        "why": entry.why,
        "could_change_to": entry.could_change_to.value,
    }
