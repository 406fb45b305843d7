"""What the form of a protocol is filled with: the choices of its fields, blank parts, addresses."""

from typing import Any, Final

from django.utils import timezone
from pydantic import BaseModel

from calfcms.publishing.models import Document
from conditions.admin.options import (
    Choice,
    list_addresses,
    list_condition_choices,
    list_publishers,
    list_risk_classes,
    list_source_choices,
    list_urgencies,
    make_blank,
)
from conditions.models import Condition
from triage.case_definition import CaseDefinition, CaseSetDefinition
from triage.definition import (
    ApplicabilityDefinition,
    CallDefinition,
    CauseDefinition,
    ConflictDefinition,
    CutOffDefinition,
    DisagreementDefinition,
    DispositionDefinition,
    FindingCode,
    FindingDefinition,
    PerformanceDefinition,
    RegionDefinition,
    RuleDefinition,
    ScoreDefinition,
    ScoreItemDefinition,
    ViewDefinition,
    WordingDefinition,
)

ENDPOINTS: Final = ("edit", "save", "check", "expression", "try")

_BLANKS: Final[dict[str, tuple[type[BaseModel], dict[str, Any]]]] = {
    "dispositions": (DispositionDefinition, {"urgency": "", "headline": "", "advice": ""}),
    "regions": (RegionDefinition, {"code": "", "name": ""}),
    "calls": (CallDefinition, {"urgency": "", "call": ""}),
    "conflicts": (ConflictDefinition, {"findings": [], "read_as": ""}),
    "findings": (
        FindingDefinition,
        {"id": "", "group": "", "kind": "symptom", "phrase": "", "question": ""},
    ),
    "wordings": (WordingDefinition, {"speaker": "carer", "question": ""}),
    "applies": (ApplicabilityDefinition, {}),
    "codes": (FindingCode, {"system": "", "code": "", "relation": "exact"}),
    "scores": (ScoreDefinition, {"id": "", "title": "", "items": []}),
    "items": (ScoreItemDefinition, {"id": "", "label": "", "points": 1}),
    "cut_offs": (CutOffDefinition, {"points": None, "label": ""}),
    "performance": (PerformanceDefinition, {"says": "", "reference": ""}),
    "rules": (RuleDefinition, {"id": "", "urgency": "", "title": "", "when": "", "reason": ""}),
    "disagreement": (DisagreementDefinition, {"choice": ""}),
    "views": (ViewDefinition, {"says": ""}),
    "causes": (CauseDefinition, {"id": "", "name": ""}),
    "case_sets": (CaseSetDefinition, {"id": "", "title": "", "must_pass": False}),
    "cases": (CaseDefinition, {"id": "", "story": "", "expected": "", "acceptable": []}),
}


def describe_form(document: Document) -> dict[str, Any]:
    """Everything that the page's script needs beside the draft."""
    today = timezone.now().date().isoformat()
    blanks = {name: make_blank(*blank) for name, blank in _BLANKS.items()}
    blanks["rules"] |= {"effective_from": today}
    return {
        "choices": _list_choices(document),
        "blanks": blanks,
        "max_depth": 1,
        "urls": list_addresses(document, own=ENDPOINTS, prefix="triage_protocol"),
    }


def _list_choices(document: Document) -> dict[str, list[Choice]]:
    return {
        "urgency": list_urgencies(document.locale),
        "publisher": list_publishers(),
        "risk_class": list_risk_classes(),
        "conditions": list_condition_choices(document.locale),
        "translation_of": list_source_choices(document),
        **_list_parts_of_pages(document.locale),
    }


def _list_parts_of_pages(locale: str) -> dict[str, list[Choice]]:
    """The red flags and the causes of every page in this language, as `page/part`."""
    pages = Condition.objects.filter(document__locale=locale).order_by("document__slug")
    names = {"red_flags": "sign", "causes": "name"}
    found = {
        f"parts_{member}": pages.exclude(**{member: None})
        .order_by("document__slug", f"{member}__position")
        .values_list("document__slug", f"{member}__part_id", f"{member}__{name}")
        for member, name in names.items()
    }
    return {
        member: [{"value": f"{slug}/{part}", "label": words} for slug, part, words in rows]
        for member, rows in found.items()
    }
