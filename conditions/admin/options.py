"""What the editor's form is filled with: the choices of its fields, blank parts, addresses."""

from collections.abc import Sequence
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from pydantic import BaseModel

from calfcms.publishing.models import Document, Standing
from calfcms.publishing.policy import RiskClass, get_review_interval
from calfcms.publishing.writing import write_title
from calfcms.urgency import Urgency
from conditions.aspect import Aspect
from conditions.document import KIND
from conditions.draft import (
    MAX_SECTION_DEPTH,
    Cause,
    Coding,
    Contributor,
    Faq,
    Figure,
    RedFlag,
    Section,
)
from conditions.models import Publisher, Topic
from conditions.models.condition import AUDIENCES, ROLES
from conditions.renditions.labels import get_labels
from conditions.selectors import list_sources

Choice = dict[str, str]

_BLANKS: Final[dict[str, tuple[type[BaseModel], dict[str, Any]]]] = {
    "sections": (Section, {"id": "", "aspect": "overview", "headline": ""}),
    "causes": (Cause, {"id": "", "name": "", "urgency": "routine"}),
    "red_flags": (RedFlag, {"id": "", "sign": "", "urgency": "urgent"}),
    "faqs": (Faq, {"id": "", "question": ""}),
    "figures": (Figure, {"id": ""}),
    "codes": (Coding, {"system": "", "code": ""}),
    "contributors": (Contributor, {"role": "author", "name": ""}),
}


def describe_form(document: Document) -> dict[str, Any]:
    """Everything that the page's script needs beside the draft. Four queries."""
    return {
        "choices": _list_choices(document),
        "blanks": {name: make_blank(*blank) for name, blank in _BLANKS.items()},
        "max_depth": MAX_SECTION_DEPTH,
        "urls": list_addresses(document),
    }


def list_addresses(
    document: Document,
    *,
    own: Sequence[str] = ("edit", "save", "check", "preview"),
    prefix: str = "conditions_condition",
) -> dict[str, str]:
    """The endpoints of this draft, and the pages that the editor links to."""
    endpoints = {name: reverse(f"admin:{prefix}_{name}", args=[document.pk]) for name in own}
    conditions = f"{reverse('admin:index')}conditions/"
    return endpoints | {
        "references": f"{conditions}reference/search/",
        "reference": f"{conditions}reference/",
        "upload": f"{conditions}figure/upload/",
        "log_in": reverse("admin:login"),
        "submit": _find_page("submit", document),
        "page": _find_page("preview", document) if "preview" in own else "",
        "history": _find_page("history", document),
    }


def list_publishers() -> list[Choice]:
    """Everybody who may answer for a page."""
    rows = Publisher.objects.order_by("name").values_list("slug", "name")
    return [_choice(slug, name) for slug, name in rows]


def _list_choices(document: Document) -> dict[str, list[Choice]]:
    topics = Topic.objects.order_by("title").values_list("slug", "title")
    return {
        "audience": [_choice(name, write_title(name)) for name in AUDIENCES],
        "role": [_choice(name, write_title(name)) for name in ROLES],
        "aspect": [_choice(aspect.value, write_title(aspect.value)) for aspect in Aspect],
        "urgency": list_urgencies(document.locale),
        "risk_class": list_risk_classes(),
        "publisher": list_publishers(),
        "translation_of": list_source_choices(document),
        "topics": [_choice(slug, title) for slug, title in topics],
        "conditions": list_condition_choices(document.locale),
    }


def list_urgencies(locale: str) -> list[Choice]:
    """The levels in words, the most urgent first."""
    labels = get_labels(locale)
    return [_choice(level.value, labels.say_urgency(level.value)) for level in reversed(Urgency)]


def list_risk_classes() -> list[Choice]:
    """The classes, with what each means."""
    return [_choice(risk.value, _describe_risk(risk)) for risk in RiskClass]


def list_condition_choices(locale: str) -> list[Choice]:
    """Every page in this language, by title."""
    pages = Standing.objects.filter(document__kind=KIND, document__locale=locale)
    rows = pages.order_by("title").values_list("document__slug", "title")
    return [_choice(slug, title) for slug, title in rows]


def list_source_choices(document: Document) -> list[Choice]:
    """The editions that the draft may translate; a value is `en/3`."""
    return [
        _choice(f"{source.document.locale}/{source.number}", _describe_source(source))
        for source in list_sources(document.slug, document.locale, kind=document.kind)
    ]


def _describe_source(source: Any) -> str:
    words = f"{source.document.locale}, edition {source.number} of {source.published_at:%Y-%m-%d}"
    return f"{words}, live" if source.is_live else f"{words}, not live any more"


def _describe_risk(risk: RiskClass) -> str:
    months = get_review_interval(risk.value, None)
    return f"{write_title(risk.value)}: a clinician looks again after {months} months"


def _choice(value: str, label: str) -> Choice:
    return {"value": value, "label": label}


def make_blank(model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
    """A part with all its members, as JSON."""
    # Not validated: what is blank has still to be filled in.
    return model.model_construct(**values).model_dump(mode="json", warnings=False)


def _find_page(name: str, document: Document) -> str:
    try:
        return reverse(f"admin:document_{name}", args=[document.pk])
    except NoReverseMatch:
        return ""
