"""`GET /references`: which published statements rest on which source."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, Literal

from django.http import HttpRequest

from calfcms.api.parameters import Parameter, Parameters
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.schema import LIST_HEADERS, Shape, describe_get, describe_not_modified
from calfcms.publishing.api.list_parameters import SLUG_PATTERN
from calfcms.publishing.api.lists import CardListView, write_json
from calfcms.publishing.api.parameters import AS_OF, CARD_CURSOR, LIMIT, LOCALE_FILTER
from calfcms.publishing.api.shapes import CardHead, Review
from calfcms.publishing.card_filters import CardFilter
from conditions import facets
from conditions.api.shapes import RedFlagShape, TranslationShape
from conditions.identifiers import EXAMPLE_DOI, EXAMPLE_PMID, normalise_doi, read_doi, read_pmid
from conditions.kind import ConditionKind
from conditions.renditions.citations import CITATIONS

_MAX_KEY: Final = 80


def _parse_key(given: str) -> str:
    if len(given) > _MAX_KEY or not re.fullmatch(SLUG_PATTERN, given, re.ASCII):
        raise ValueError(
            f"'{given[:80]}' is not the key of a reference: lower-case letters, digits and single "
            "hyphens, as `id` of a reference has it."
        )
    return given


FACETS: Final = {"doi": facets.DOI, "pmid": facets.PMID, "key": facets.REFERENCE}
"""The parameters that name a source, and the facets that pages are found by then."""
REFERENCES = Parameters(
    LIMIT,
    CARD_CURSOR,
    LOCALE_FILTER,
    AS_OF,
    Parameter(
        "doi",
        read_doi,
        "Only the source with this DOI: bare, with `doi:` before it, or as an address of doi.org.",
        {"type": "string", "maxLength": 400, "examples": [EXAMPLE_DOI]},
    ),
    Parameter(
        "pmid",
        read_pmid,
        "Only the source with this number in PubMed.",
        {"type": "string", "maxLength": 20, "examples": [EXAMPLE_PMID]},
    ),
    Parameter(
        "key",
        _parse_key,
        "Only the source that this service knows by this key: `id` of a reference.",
        {"type": "string", "pattern": SLUG_PATTERN, "maxLength": _MAX_KEY},
    ),
)


class StatementShape(Shape):
    """A text that rests on the source, and the part of the page that it is in."""

    kind: Literal["summary", "section", "cause", "red_flag", "faq"]
    id: str | None
    """Of the part; the summary has none."""
    title: str | None
    text: str
    """Plain: the paragraph, heading or row that cites, with the list that it leads to; or the red
    flag with what to do."""


class CitedReference(Shape):
    """A source of a page, with every statement there that cites it."""

    number: int
    id: str
    citation: str
    doi: str | None
    pmid: str | None
    url: str | None
    checked_on: date | None
    statements: list[StatementShape]


class ConditionReferences(CardHead):
    """The sources of one condition: those asked for, or all."""

    title: str
    red_flags: list[RedFlagShape]
    disclaimer: str
    translation: TranslationShape | None = None
    """Null where the page was written first."""
    review: Review
    url: str
    references: list[CitedReference]


class ReferenceList(Shape):
    """Live conditions with the sources that they cite, newest change first."""

    items: list[ConditionReferences]
    next: str | None
    """Where the list goes on; null at its end."""


@describe_get(
    "get_references",
    tag="conditions",
    summary="Which published statements rest on which source",
    answers={200: ReferenceList, **describe_not_modified()},
    problems=(400, 401, 403, 406),
    parameters=REFERENCES,
    headers=LIST_HEADERS,
    reasons={400: "A parameter is unknown, repeated or malformed, or two name a source."},
)
class ReferencesView(CardListView):
    """`GET /references`: what was worked out at publishing, of the source that is asked for."""

    kind = ConditionKind
    path = "references"
    rendition = CITATIONS
    parameters = REFERENCES

    def read_parameters(self, request: HttpRequest) -> Mapping[str, Any]:
        """The parameters, of which one at most names a source."""
        parameters = super().read_parameters(request)
        named = _list_named(parameters)
        if len(named) > 1:
            raise _refuse_two(named)
        return parameters

    def get_filter(self, parameters: Mapping[str, Any]) -> CardFilter:
        """With the source that a page must cite."""
        sources = tuple((FACETS[name], parameters[name]) for name in _list_named(parameters))
        return replace(super().get_filter(parameters), facets=sources)

    def show_card(self, card: bytes, parameters: Mapping[str, Any]) -> bytes:
        """The page with the references that are the source asked for."""
        named = _list_named(parameters)
        if not named:
            return card
        value = json.loads(card)
        value["references"] = [
            reference
            for reference in value["references"]
            if _is_source(reference, named[0], parameters[named[0]])
        ]
        return write_json(value)


def _list_named(parameters: Mapping[str, Any]) -> list[str]:
    return [name for name in FACETS if parameters[name] is not None]


def _is_source(reference: Mapping[str, Any], name: str, value: str) -> bool:
    if name == "doi":
        return normalise_doi(reference["doi"] or "") == value
    return bool(reference["id" if name == "key" else "pmid"] == value)


def _refuse_two(names: list[str]) -> ApiProblem:
    detail = f"{' and '.join(names)} name one source each. Ask for one of them at a time."
    return ApiProblem(
        400,
        "invalid_parameters",
        detail,
        errors=[InputError(f"?{name}", "invalid_value", detail) for name in names],
    )
