"""What a page says of the edition that it translates. Pure."""

from collections.abc import Mapping
from typing import Any

from conditions.content import Content, list_public_parts
from conditions.renditions.labels import get_labels


def describe_translation(content: Content, source: Content | None) -> dict[str, Any] | None:
    """The member `translation` of an edition's JSON; None for a page that was written first.

    `source` is what the translated edition says, None where there is no such edition yet. The note
    is what readers are told, in the page's own language.
    """
    pinned = content.get("translation_of")
    if not pinned:
        return None
    described = {
        "of": _describe_source(content["slug"], pinned),
        "is_complete": source is not None and not _list_left_out(content, source),
        "is_reviewed": pinned["reviewed"],
    }
    return described | {"note": get_labels(content["locale"]).say_translation(described)}


def _describe_source(slug: str, pinned: Mapping[str, Any]) -> dict[str, Any]:
    locale, number = pinned["locale"], pinned["edition"]
    return {
        "locale": locale,
        "edition": number,
        "digest": pinned["digest"],
        "url": f"/api/v1/conditions/{slug}/editions/{number}?locale={locale}",
    }


def _list_left_out(content: Content, source: Content) -> set[str]:
    """The ids of the parts that readers of the source get and readers of the page do not."""
    return list_public_parts(source) - list_public_parts(content)
