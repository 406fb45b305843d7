"""An edition as JSON-LD in schema.org terms: one graph that search engines and partners read.

https://schema.org/MedicalWebPage. Only what the edition says is said, and only with properties that
schema.org defines for the type: a red flag has no fitting term and stays out. The ids of the
page's own nodes hold two hyphens, which no part id can.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from conditions.renditions.jsonld_parts import (
    Node,
    describe_code,
    describe_contributors,
    describe_figure,
    describe_license,
    describe_reference,
    describe_reviewer,
    describe_section,
    describe_source,
    keep,
)
from conditions.renditions.labels import get_labels

Edition = dict[str, Any]

_ENDS_A_SCRIPT = re.compile("[<>&\u2028\u2029]")


def render_jsonld(edition: Edition) -> bytes:
    """The graph as UTF-8. It can stand in a `<script>` element as it is."""
    graph = {"@context": "https://schema.org", "@graph": list(_list_nodes(edition))}
    body = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return _ENDS_A_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", body).encode()


def _list_nodes(edition: Edition) -> Iterator[Node]:
    yield _describe_page(edition)
    yield _describe_condition(edition)
    if edition["faqs"]:
        yield _describe_faqs(edition)
    yield _describe_breadcrumbs(edition)
    yield _describe_publisher(edition["publisher"], edition["locale"])


def _describe_page(edition: Edition) -> Node:
    review = edition["review"]
    page = {
        "@type": "MedicalWebPage",
        "@id": "#page--document",
        "identifier": f"urn:uuid:{edition['id']}",
        "name": edition["title"],
        "headline": edition["title"],
        "description": edition["summary"]["text"],
        "inLanguage": edition["locale"],
        "version": edition["edition"],
        "dateModified": edition["published_at"],
        "lastReviewed": None if "unsigned" in review else review["last_reviewed"],
        "reviewedBy": [describe_reviewer(sign_off) for sign_off in _clinical(review)],
        "about": {"@id": "#page--condition"},
        "mainEntity": {"@id": "#page--condition"},
        "audience": {"@type": "MedicalAudience", "audienceType": edition["audience"].capitalize()},
        "keywords": [topic["title"] for topic in edition["topics"]],
        "citation": [describe_reference(reference) for reference in edition["references"]],
        "image": [describe_figure(figure) for figure in edition["figures"] if figure["sources"]],
        "hasPart": [describe_section(section) for section in edition["sections"]],
        "breadcrumb": {"@id": "#page--breadcrumbs"},
        "publisher": {"@id": "#page--publisher"},
        "license": describe_license(edition["license"]),
        "creditText": edition["attribution"],
        "translationOfWork": describe_source(edition.get("translation")),
    }
    return keep(page | describe_contributors(edition["contributors"]))


def _clinical(review: dict[str, Any]) -> list[dict[str, Any]]:
    return [sign_off for sign_off in review["sign_offs"] if sign_off["role"] == "clinical"]


def _describe_condition(edition: Edition) -> Node:
    return keep(
        {
            "@type": "MedicalCondition",
            "@id": "#page--condition",
            "name": edition["name"],
            "alternateName": edition["alternate_names"],
            "code": [describe_code(code) for code in edition["codes"]],
        }
    )


def _describe_faqs(edition: Edition) -> Node:
    return {
        "@type": "FAQPage",
        "@id": "#page--questions",
        "isPartOf": {"@id": "#page--document"},
        "inLanguage": edition["locale"],
        "mainEntity": [
            {
                "@type": "Question",
                "@id": f"#{faq['id']}",
                "name": faq["question"],
                "acceptedAnswer": {"@type": "Answer", "text": faq["answer"]["text"]},
            }
            for faq in edition["faqs"]
        ],
    }


def _describe_breadcrumbs(edition: Edition) -> Node:
    # A step without an address is allowed at the end only, and topics have no pages of their own.
    home = get_labels(edition["locale"]).home
    steps = [(home, {"@id": edition["publisher"]["url"]}), (edition["title"], None)]
    return {
        "@type": "BreadcrumbList",
        "@id": "#page--breadcrumbs",
        "itemListElement": [
            keep({"@type": "ListItem", "position": position, "name": name, "item": item})
            for position, (name, item) in enumerate(steps, start=1)
        ],
    }


def _describe_publisher(publisher: dict[str, Any], locale: str) -> Node:
    note = get_labels(locale).demonstration_publisher
    return keep(
        {
            "@type": "Organization",
            "@id": "#page--publisher",
            "name": publisher["name"],
            "url": publisher["url"],
            "disambiguatingDescription": note if publisher["is_demonstration"] else None,
        }
    )
