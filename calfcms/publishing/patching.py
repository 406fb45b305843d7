"""Makes the content after of the content before and their differences. Pure.

docs/api.md describes the same steps for clients in any language: take the content apart, change
its parts, put it together again. Where there was nothing before, begin with `{}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calfcms.publishing.parts import list_orders, list_parts, read_own_members

Content = Mapping[str, Any]
Json = dict[str, Any]


@dataclass
class _Pieces:
    """A content in pieces. The document itself has the address `""`."""

    members: dict[str, Json]
    """The members of every part that are no lists of parts, by its address."""
    lists: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """By address, then by name: the addresses of the parts in a list."""


def apply(content: Content, differences: Content) -> Json:
    """What `content` says once these differences are made to it. Nothing given is changed."""
    pieces = _take_apart(content, differences["part_lists"])
    _change_members(pieces.members[""], differences["members"])
    for change in differences["parts"]:
        _change_part(pieces, change)
    for order in differences["lists"]:
        _change_list(pieces, order)
    return _put_together(pieces, "")


def _take_apart(content: Content, part_lists: Mapping[str, str]) -> _Pieces:
    parts = list_parts(content, part_lists)
    pieces = _Pieces({"": read_own_members(content, part_lists)})
    pieces.members |= {address: dict(part.members) for address, part in parts.items()}
    for (within, name), addresses in list_orders(content, part_lists).items():
        pieces.lists.setdefault(within, {})[name] = addresses
    return pieces


def _change_part(pieces: _Pieces, change: Content) -> None:
    address = change["address"]
    if change["change"] == "removed":
        del pieces.members[address]
        pieces.lists.pop(address, None)
        return
    if change["change"] == "added":
        pieces.members[address] = {change["key"]: change["id"]}
    _change_members(pieces.members[address], change["members"])


def _change_members(members: Json, changes: Sequence[Content]) -> None:
    for change in changes:
        if "after" in change:
            members[change["name"]] = change["after"]
        else:
            del members[change["name"]]


def _change_list(pieces: _Pieces, order: Content) -> None:
    lists = pieces.lists.setdefault(order["within"], {})
    if order["parts"] is None:
        del lists[order["list"]]
    else:
        lists[order["list"]] = order["parts"]


def _put_together(pieces: _Pieces, address: str) -> Json:
    lists = pieces.lists.get(address, {})
    return pieces.members[address] | {
        name: [_put_together(pieces, inner) for inner in addresses]
        for name, addresses in lists.items()
    }
