"""Between a protocol's draft and the values of its rows. Pure: the same for database rows and for
the copies of them that revisions keep."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from conditions.rows import read_translation_of, translation_values
from triage.case_definition import CaseSetDefinition
from triage.definition import (
    CauseDefinition,
    FindingDefinition,
    ProtocolDraft,
    RuleDefinition,
    ScoreDefinition,
    ScoreItemDefinition,
)

Values = dict[str, Any]
Row = Mapping[str, Any]

PLAIN = ("title", "summary", "review_interval_months", "disclaimer", "repeat_contact")
LISTS = ("conditions", "specialties", "dispositions", "regions", "conflicts", "gates")
FINDING = (
    *("group", "kind", "red_flag", "phrase", "question", "help", "why", "synonyms"),
    *("wordings", "applies", "needs_helper", "codes"),
)
RULE = (
    *("urgency", "title", "when", "reason", "suspects", "red_flags", "references"),
    *("effective_from", "review_due", "disagreement"),
)
SCORE = ("title", "note", "cut_offs", "performance", "references")
SCORE_ITEM = ("label", "when", "points")
CAUSE = ("name", "supporting", "opposing")
CASE_SET = ("title", "source", "must_pass", "cases")


@dataclass(frozen=True)
class Rows:
    """All rows of one draft, in any order."""

    protocol: Row
    findings: Sequence[Row] = ()
    rules: Sequence[Row] = ()
    scores: Sequence[Row] = ()
    score_items: Sequence[Row] = ()
    causes: Sequence[Row] = ()
    case_sets: Sequence[Row] = ()


def draft_of_rows(rows: Rows, *, slug: str, locale: str) -> ProtocolDraft:
    """The draft that these rows say. Raises `ValidationError` for rows that no draft could say."""
    items: dict[Any, list[Values]] = defaultdict(list)
    for row in _in_order(rows.score_items):
        items[row["score_id"]].append(_read_part(row, SCORE_ITEM))
    return ProtocolDraft.model_validate(
        {
            "slug": slug,
            "locale": locale,
            "translation_of": read_translation_of(rows.protocol),
            **{name: rows.protocol[name] for name in (*PLAIN, *LISTS)},
            "risk_class": rows.protocol["risk_class"] or None,
            "publisher": rows.protocol["publisher_id"],
            "findings": [_read_part(row, FINDING) for row in _in_order(rows.findings)],
            "rules": [_read_part(row, RULE) for row in _in_order(rows.rules)],
            "scores": [
                {**_read_part(row, SCORE), "items": items[row["id"]]}
                for row in _in_order(rows.scores)
            ],
            "causes": [_read_cause(row) for row in _in_order(rows.causes)],
            "case_sets": [_read_part(row, CASE_SET) for row in _in_order(rows.case_sets)],
        }
    )


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _read_part(row: Row, names: Iterable[str]) -> Values:
    return {"id": row["part_id"], **{name: row[name] for name in names}}


def _read_cause(row: Row) -> Values:
    optional = {
        "condition": row["page"] or None,
        "described_at": row["described_at"] or None,
        "required": row["required"] or None,
    }
    return {**_read_part(row, CAUSE), **optional}


def protocol_values(draft: ProtocolDraft) -> Values:
    """The columns of the root row."""
    return {
        **_dump(draft, (*PLAIN, *LISTS)),
        **translation_values(draft.translation_of),
        "risk_class": draft.risk_class.value if draft.risk_class else "",
        "publisher_id": draft.publisher,
    }


def finding_values(finding: FindingDefinition) -> Values:
    """The columns of a finding."""
    return _dump(finding, FINDING)


def rule_values(rule: RuleDefinition) -> Values:
    """The columns of a rule."""
    days = {"effective_from": rule.effective_from, "review_due": rule.review_due}
    return {**_dump(rule, RULE), **days}


def score_values(score: ScoreDefinition) -> Values:
    """The columns of a score; its items are rows of their own."""
    return _dump(score, SCORE)


def score_item_values(item: ScoreItemDefinition) -> Values:
    """The columns of a score's item."""
    return _dump(item, SCORE_ITEM)


def cause_values(cause: CauseDefinition) -> Values:
    """The columns of a cause."""
    return {
        **_dump(cause, CAUSE),
        "page": cause.condition or "",
        "described_at": cause.described_at or "",
        "required": cause.required or "",
    }


def case_set_values(case_set: CaseSetDefinition) -> Values:
    """The columns of a case set; its cases are one value, without what they leave open."""
    cases = [case.model_dump(mode="json", exclude_defaults=True) for case in case_set.cases]
    return {**_dump(case_set, ("title", "source", "must_pass")), "cases": cases}


def _dump(part: BaseModel, names: Iterable[str]) -> Values:
    return part.model_dump(mode="json", include=set(names))
