"""The parts of a content with their stable addresses, and which of them moved. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

LABELS: Final = (
    *("headline", "title", "sign", "phrase", "question", "name", "label", "caption", "alt"),
)
"""The members that say what a part is called, best first."""


@dataclass(frozen=True)
class Part:
    """A part of a content, without the parts that lie within it.

    Its address is made of ids, so it stays the same wherever the part is moved; in a list that
    nests in itself the ids are unique at all depths, so the address names none but the part's own.
    """

    address: str
    member: str
    """The document's member that it belongs to: `sections` at whatever depth."""
    list_name: str
    pointer: str
    parent: str
    """The address of the part that it lies in; empty at the top."""
    position: int
    label: str
    trail: tuple[str, ...]
    key: str
    """The member that identifies it."""
    members: Mapping[str, Any]
    lists: tuple[str, ...] = ()
    """The names of its lists of parts, also of empty ones."""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.trail[-1]}, {self.position + 1}" if self.trail else str(self.position + 1)


def list_parts(content: Mapping[str, Any], part_lists: Mapping[str, str]) -> dict[str, Part]:
    """Every part by its address, in reading order."""
    return {part.address: part for part in _walk(content, part_lists, taken=set())}


def list_orders(
    content: Mapping[str, Any], part_lists: Mapping[str, str]
) -> dict[tuple[str, str], list[str]]:
    """The addresses in every list of parts, by the address of what it lies in and its name."""
    parts = list_parts(content, part_lists).values()
    names = _list_part_lists(content, read_own_members(content, part_lists))
    orders: dict[tuple[str, str], list[str]] = {("", name): [] for name in names}
    orders |= {(part.address, name): [] for part in parts for name in part.lists}
    for part in parts:
        orders[part.parent, part.list_name].append(part.address)
    return orders


def read_own_members(
    content: Mapping[str, Any], part_lists: Mapping[str, str], path: str = ""
) -> dict[str, Any]:
    """The members that are no lists of parts."""
    return {
        name: value
        for name, value in content.items()
        if not _is_part_list(value, part_lists.get(_join(path, name, part_lists)))
    }


def find_moved(old: Mapping[str, Part], new: Mapping[str, Part]) -> set[str]:
    """The addresses of the fewest parts whose moves explain the new order."""
    moved = {
        address for address in old if address in new and old[address].parent != new[address].parent
    }
    stayed = [address for address in new if address in old and address not in moved]
    for siblings in _group(stayed, new):
        moved |= _find_out_of_order(siblings, old)
    return moved


def _walk(
    content: Mapping[str, Any],
    part_lists: Mapping[str, str],
    *,
    taken: set[str],
    path: str = "",
    within: Part | None = None,
) -> Iterator[Part]:
    for name, value in content.items():
        list_path = _join(path, name, part_lists)
        key = part_lists.get(list_path)
        if key is None or not _is_part_list(value, key):
            continue
        for position, item in enumerate(value):
            part = _make_part(item, key, name, list_path, position, within, part_lists)
            while part.address in taken:  # no rule of ours allows it; nothing may be lost
                part = replace(part, address=f"{part.address}~")
            taken.add(part.address)
            yield part
            yield from _walk(item, part_lists, taken=taken, path=list_path, within=part)


def _make_part(
    item: Mapping[str, Any],
    key: str,
    name: str,
    path: str,
    position: int,
    within: Part | None,
    part_lists: Mapping[str, str],
) -> Part:
    is_nested_in_itself = path.endswith(f"{name}.{name}")
    prefix = within.address if within else ""
    members = read_own_members(item, part_lists, path)
    if is_nested_in_itself:
        prefix = prefix.rpartition(f"{name}/")[0].rstrip("/")
    return Part(
        address="/".join(filter(None, (prefix, name, str(item[key])))),
        member=path.partition(".")[0],
        list_name=name,
        pointer=f"{within.pointer if within else ''}/{name}/{position}",
        parent=within.address if within else "",
        position=position,
        label=_find_label(item) or str(item[key]),
        trail=(*within.trail, within.label) if within else (),
        key=key,
        members=members,
        lists=_list_part_lists(item, members),
    )


def _list_part_lists(item: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in item if name not in own)


def _find_label(item: Mapping[str, Any]) -> str:
    for name in LABELS:
        if isinstance(item.get(name), str) and item[name]:
            return str(item[name])
    inner = [_find_label(value) for value in item.values() if isinstance(value, Mapping)]
    return next(filter(None, inner), "")


def _is_part_list(value: Any, key: str | None) -> bool:
    """Whether these are parts that can be told apart; otherwise the list is compared as a whole."""
    if key is None or not isinstance(value, list):
        return False
    ids = [item.get(key) for item in value if isinstance(item, Mapping)]
    return len(ids) == len(value) and None not in ids and len(set(map(str, ids))) == len(ids)


def _join(path: str, name: str, part_lists: Mapping[str, str]) -> str:
    """The path of a list within a part; a list that nests in itself keeps its path."""
    joined = f"{path}.{name}" if path else name
    is_deeper = joined not in part_lists and path.endswith(f"{name}.{name}")
    return path if is_deeper else joined


def _group(addresses: Sequence[str], parts: Mapping[str, Part]) -> list[list[str]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in addresses:
        groups[parts[address].parent, parts[address].list_name].append(address)
    return list(groups.values())


def _find_out_of_order(siblings: Sequence[str], old: Mapping[str, Part]) -> set[str]:
    """Those outside the longest run that kept its order."""
    positions = [old[address].position for address in siblings]
    if all(one < other for one, other in pairwise(positions)):
        return set()
    kept = _find_longest_rising(positions)
    return {address for n, address in enumerate(siblings) if n not in kept}


def _find_longest_rising(values: Sequence[int]) -> set[int]:
    """The indices of a longest rising subsequence of distinct values."""
    ends: list[int] = []  # the smallest end of a run of each length
    indices: list[int] = []
    before: list[int | None] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(indices[length - 1] if length else None)
        ends[length : length + 1] = [value]
        indices[length : length + 1] = [index]
    kept = set()
    here: int | None = indices[-1]
    while here is not None:
        kept.add(here)
        here = before[here]
    return kept
