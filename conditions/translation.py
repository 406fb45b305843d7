"""What a page says of the edition that it translates. Pure."""

from collections.abc import Mapping
from typing import Any

from conditions.content import Content, list_public_parts
from conditions.renditions.labels import get_labels


def describe_translation(content: Content, source: Content | None) -> dict[str, Any] | None:
    """The member `translation` of a page's edition in JSON; None for one that was written first.

    `source` is what the translated edition says, None where there is no such edition yet.
    """
    is_complete = source is not None and not _list_left_out(content, source)
    return describe_pin(content, path="conditions", is_complete=is_complete)


def describe_pin(content: Content, *, path: str, is_complete: bool) -> dict[str, Any] | None:
    """What any content says of the edition that it translates; None where it was written first.

    The note is what readers are told, in the content's own language.
    """
    pinned = content.get("translation_of")
    if not pinned:
        return None
    described = {
        "of": _describe_source(f"{path}/{content['slug']}", pinned),
        "is_complete": is_complete,
        "is_reviewed": pinned["reviewed"],
    }
    return described | {"note": get_labels(content["locale"]).say_translation(described)}


def _describe_source(address: str, pinned: Mapping[str, Any]) -> dict[str, Any]:
    locale, number = pinned["locale"], pinned["edition"]
    return {
        "locale": locale,
        "edition": number,
        "digest": pinned["digest"],
        "url": f"/api/v1/{address}/editions/{number}?locale={locale}",
    }


def _list_left_out(content: Content, source: Content) -> set[str]:
    """The ids of the parts that readers of the source get and readers of the page do not."""
    return list_public_parts(source) - list_public_parts(content)
