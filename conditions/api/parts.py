"""The parts of a page: what it says about one aspect, its red flags, its questions."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import OpenApiParameter

from calfcms.publishing.api.absence import explain_missing_part
from calfcms.publishing.api.parts import PartView
from calfcms.publishing.api.schema import describe_part
from conditions.api.shapes import ConditionFaqs, ConditionPart, ConditionSections
from conditions.aspect import Aspect
from conditions.kind import ConditionKind

Section = dict[str, Any]

ASPECT = OpenApiParameter(
    "aspect",
    {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "examples": list(Aspect)},
    OpenApiParameter.PATH,
    description="A health aspect, as schema.org has them, or `diagnosis`.",
)


@describe_part(
    ConditionKind,
    ConditionPart,
    "red_flags",
    summary="The red flags of a condition: signs that must not wait, and what to do",
)
class ConditionRedFlagsView(PartView):
    """`GET /conditions/{slug}/red-flags`."""

    kind = ConditionKind
    member = "red_flags"


@describe_part(
    ConditionKind,
    ConditionFaqs,
    "faqs",
    summary="The questions that people ask about a condition, with their answers",
)
class ConditionFaqsView(PartView):
    """`GET /conditions/{slug}/faqs`."""

    kind = ConditionKind
    member = "faqs"


@describe_part(
    ConditionKind,
    ConditionSections,
    "sections",
    summary="All sections of a condition about one aspect, such as its symptoms",
    path=(ASPECT,),
)
class ConditionSectionsView(PartView):
    """`GET /conditions/{slug}/sections/{aspect}`."""

    kind = ConditionKind
    member = "sections"

    def get(self, request: HttpRequest, slug: str, aspect: str) -> HttpResponse:  # type: ignore[override]
        """The sections, each with those inside it: one query."""
        build = partial(self._keep_aspect, aspect=aspect)
        return self.send(request, slug, name=("aspect", aspect), build=build)

    def _keep_aspect(self, edition: dict[str, Any], *, aspect: str) -> dict[str, Any]:
        sections = list(find_sections(edition["sections"], aspect))
        if not sections:
            known = list_aspects(edition["sections"])
            raise explain_missing_part(
                self.kind, edition["slug"], name="section about", given=aspect, known=known
            )
        return {**self.keep_part(edition), "aspect": aspect, "sections": sections}


def find_sections(sections: list[Section], aspect: str) -> Iterator[Section]:
    """The outermost sections of an aspect, wherever they are, in the order of the page."""
    for section in sections:
        if section["aspect"] == aspect:
            yield section
        else:
            yield from find_sections(section["sections"], aspect)


def list_aspects(sections: list[Section]) -> list[str]:
    """The aspects that sections are about, in the order of the page."""
    return list(dict.fromkeys(_walk_aspects(sections)))


def _walk_aspects(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        yield section["aspect"]
        yield from _walk_aspects(section["sections"])
