"""What lists find a page by: topics, codes, sources, and how urgent its red flags are. Pure."""

from collections.abc import Iterator
from typing import Any, Final

from conditions.identifiers import normalise_doi

TOPIC: Final = "topic"
CODE: Final = "code"
DOI: Final = "doi"
PMID: Final = "pmid"
REFERENCE: Final = "reference"
URGENCY: Final = "urgency"


def list_facets(edition: dict[str, Any]) -> list[tuple[str, str]]:
    """The facets of an edition. What is for one partner only is not in it, so it is not found."""
    return [
        *((TOPIC, topic["slug"]) for topic in edition["topics"]),
        *((CODE, f"{code['system']}:{code['code']}") for code in edition["codes"]),
        *(facet for reference in edition["references"] for facet in _list_sources(reference)),
        *((URGENCY, flag["urgency"]) for flag in edition["red_flags"]),
    ]


def _list_sources(reference: dict[str, Any]) -> Iterator[tuple[str, str]]:
    csl = reference["csl"]
    yield REFERENCE, reference["id"]
    if "DOI" in csl:
        yield DOI, normalise_doi(csl["DOI"])
    if "PMID" in csl:
        yield PMID, csl["PMID"]
