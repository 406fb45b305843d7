"""An edition in each format: pure functions from the edition's JSON to bytes."""

from collections.abc import Mapping
from typing import Any, Final

from conditions.renditions.html import render_html
from conditions.renditions.jsonld import render_jsonld
from conditions.renditions.markdown import render_markdown
from conditions.renditions.marks import mark_overdue as mark_overdue
from conditions.renditions.marks import mark_stale as mark_stale

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""Format name to media type. The JSON itself is written by publishing."""


def render_all(edition: dict[str, Any], content: dict[str, Any]) -> dict[str, bytes]:
    """The bytes of every format but `json`."""
    return {
        "jsonld": render_jsonld(edition),
        "html": render_html(edition),
        "md": render_markdown(edition, content),
    }
