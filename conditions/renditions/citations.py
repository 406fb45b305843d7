"""Which statements of a page rest on which source: an internal rendition, which `GET /references`
puts together. Pure."""

import json
from collections import defaultdict
from typing import Any, Final

from calfcms.publishing.edition_json import build_card
from conditions.content import Content
from conditions.statements import list_statements

CITATIONS: Final = "citations"
"""The name of the internal rendition."""
MEMBERS: Final = ("title", "red_flags", "disclaimer", "translation")


def render_citations(edition: dict[str, Any], content: Content, *, path: str) -> bytes:
    """The head of the edition, what can never be left out, and its references with statements.

    `content` is what everybody may read of what was signed.
    """
    head = build_card(edition, MEMBERS, path=path)
    by_key = _group_statements(content)
    references = [
        _show_reference(reference, by_key[reference["id"]]) for reference in edition["references"]
    ]
    value = {**head, "references": references}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _group_statements(content: Content) -> defaultdict[str, list[dict[str, Any]]]:
    by_key: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for statement in list_statements(content):
        shown = {
            "kind": statement.kind,
            "id": statement.part,
            "title": statement.title,
            "text": statement.text,
        }
        for key in statement.keys:
            by_key[key].append(shown)
    return by_key


def _show_reference(reference: dict[str, Any], statements: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": reference["number"],
        "id": reference["id"],
        "citation": reference["citation"],
        "doi": reference["doi"],
        "pmid": reference["csl"].get("PMID"),
        "url": reference["url"],
        "checked_on": reference["checked_on"],
        "statements": statements,
    }
