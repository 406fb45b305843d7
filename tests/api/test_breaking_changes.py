"""The calls that were promised to clients still do what they did; and what would break is found."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.api.breaking_changes import Document, list_breaks

DOCS = Path(settings.BASE_DIR) / "docs"

OLD: Document = {
    "paths": {
        "/pages": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 100}},
                    {"in": "query", "name": "order", "schema": {"type": "string", "enum": ["a"]}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Page"}}
                        }
                    }
                },
            },
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Sent"}}
                    }
                },
                "responses": {"202": {}},
            },
        }
    },
    "components": {
        "schemas": {
            "Page": {
                "type": "object",
                "required": ["title"],
                "properties": {
                    "title": {"type": "string"},
                    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "state": {"type": "string", "enum": ["live", "withdrawn"]},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Page"}},
                },
            },
            "Sent": {
                "type": "object",
                "required": ["message"],
                "properties": {"message": {"type": "string"}, "part": {"type": "string"}},
            },
        }
    },
}


def change(path: str, value: Any) -> Callable[[Document], None]:
    """Set what is at that path, whose steps are parted by spaces; None takes it away."""
    steps: list[Any] = [int(step) if step.isdigit() else step for step in path.split(" ")]

    def apply(document: Document) -> None:
        place: Any = document
        for step in steps[:-1]:
            place = place[str(step)] if isinstance(place, dict) else place[step]
        last = steps[-1]
        if value is None:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value

    return apply


PAGE = "components schemas Page"
SENT = "components schemas Sent"
GET = "paths /pages get"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (change("paths /pages post", None), "POST /pages is gone"),
        (change(f"{GET} parameters 1", None), "parameter order is gone"),
        (change(f"{GET} parameters 0 required", True), "parameter limit is now required"),
        (change(f"{GET} parameters 0 schema maximum", 50), "limit has a lower maximum"),
        (change(f"{GET} parameters 1 schema enum", ["b"]), "order no longer takes some values"),
        (change(f"{GET} parameters 1 schema pattern", "^a$"), "order has another pattern"),
        (change(f"{GET} responses", {}), "no longer says what 200 is like"),
        (change(f"{GET} security", [{"bearer": []}]), "GET /pages now takes a key"),
        (change(f"{PAGE} properties title", None), ".title is gone"),
        (change(f"{PAGE} properties title", {"type": "integer"}), ".title is string against"),
        (change(f"{PAGE} required", []), ".title may now be missing"),
        (
            change(f"{PAGE} properties state enum", ["live", "withdrawn", "recalled"]),
            ".state has values that are new",
        ),
        (
            change(f"{PAGE} properties note anyOf 2", {"type": "integer"}),
            ".note has other alternatives",
        ),
        (change(f"{PAGE} properties parts", {"type": "array", "items": {}}), ".parts[] is object"),
        (change(f"{SENT} required", ["message", "part"]), ".part is now required"),
        (change(f"{SENT} properties part", None), ".part is gone"),
        (change(f"{SENT} properties message minLength", 2), ".message has a higher minLength"),
        (change("paths /pages post requestBody required", True), "POST /pages now takes a body"),
    ],
)
def test_what_would_break_a_client_is_found(edit: Callable[[Document], None], said: str) -> None:
    new = copy.deepcopy(OLD)
    edit(new)

    breaks = list_breaks(OLD, new)

    assert any(said in one for one in breaks), breaks


@pytest.mark.parametrize(
    "edit",
    [
        change("paths /more", {"get": {"responses": {}}}),
        change(f"{GET} parameters 2", {"in": "query", "name": "q", "schema": {"type": "string"}}),
        change(f"{GET} parameters 0 schema maximum", 500),
        change(f"{GET} parameters 1 schema enum", ["a", "b"]),
        change(f"{GET} responses 404", {"description": "Not there."}),
        change(f"{GET} security", [{}, {"bearer": []}]),
        change(f"{PAGE} properties author", {"type": "string"}),
        change(f"{PAGE} properties state enum", ["live"]),
        change(f"{PAGE} properties note anyOf 1", None),
        change(f"{SENT} properties kind", {"type": "string"}),
        change(f"{SENT} required", []),
    ],
)
def test_what_is_only_added_or_loosened_breaks_nobody(edit: Callable[[Document], None]) -> None:
    new = copy.deepcopy(OLD)
    edit(new)

    assert list_breaks(OLD, new) == []


def test_the_promised_calls_still_do_what_they_did() -> None:
    promised = json.loads((DOCS / "openapi.promised.json").read_text())
    today = json.loads((DOCS / "openapi.json").read_text())

    assert list_breaks(promised, today) == [], (
        "This breaks clients. Keep the old way beside the new one and deprecate it, or agree with "
        "every partner first and then run `make promise`."
    )
