"""Any JSON as headed, indented text: how content without a page of its own is shown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NAMES = ("title", "headline", "name", "sign", "question", "label", "citation", "id", "key", "code")
_MACHINERY = (
    *("schema_version", "kind", "id", "slug", "locale", "digest", "content_digest"),
    *("edition", "published_at"),
)
"""Members of an edition that say nothing to a reader of its words."""


@dataclass(frozen=True)
class Entry:
    """A label with a text, or with entries below it."""

    label: str
    text: str = ""
    entries: tuple["Entry", ...] = ()


def outline(edition: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The members of an edition that hold something, in their order."""
    members = {name: value for name, value in edition.items() if name not in _MACHINERY}
    return _list_members(members)


def _list_members(members: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(_describe(_say(name), value) for name, value in members.items() if _holds(value))


def _describe(label: str, value: Any) -> Entry:
    if isinstance(value, Mapping):
        if value.keys() == {"html", "text"}:  # the same words twice
            return Entry(label, str(value["text"]))
        return Entry(label, entries=_list_members(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(not isinstance(item, Mapping | list) for item in value):
            return Entry(label, ", ".join(_write(item) for item in value))
        return Entry(label, entries=tuple(_describe_item(item, n) for n, item in enumerate(value)))
    return Entry(label, _write(value))


def _describe_item(item: Any, index: int) -> Entry:
    if not isinstance(item, Mapping):
        return _describe(str(index + 1), item)
    name = next((n for n in _NAMES if isinstance(item.get(n), str) and item[n]), None)
    if name is None:
        return Entry(str(index + 1), entries=_list_members(item))
    rest = {key: value for key, value in item.items() if key != name}
    return Entry(item[name], entries=_list_members(rest))


def _holds(value: Any) -> bool:
    return value is not None and value not in ("", [], {}, ())


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)


def _say(name: str) -> str:
    return name.replace("_", " ").capitalize()
