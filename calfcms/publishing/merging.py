"""Two people changed the same draft: what each did to it, put together. Pure, over plain JSON.

Lists of parts are merged by the id of each part and in the order that either of them chose, lists
of texts by the texts themselves, objects member by member. What both changed is a conflict:
somebody chooses, nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from calfcms.json_pointer import pointer_to
from calfcms.publishing.orders import merge_orders

Json = Any
PartLists = Mapping[str, str]
"""Which members are lists of parts, and what identifies a part: `Kind.part_lists`."""

_ABSENT: Final = object()


class Clash(StrEnum):
    """What two people did differently."""

    VALUE = "value"
    """Both wrote something else in one place."""

    PART = "part"
    """One removed a part that the other changed."""

    ORDER = "order"
    """Both put the list in another order."""


@dataclass(frozen=True)
class Conflict:
    """One choice to make. `pointer` is a place in what was merged; None stands for nothing there.

    What was merged has `mine` at a clash of values or orders, and the surviving part at one of
    parts. The sides of an order are the whole lists of ids, as each would have it.
    """

    pointer: str
    clash: Clash
    base: Json
    theirs: Json
    mine: Json


@dataclass(frozen=True)
class Merge:
    """Both changes in one value, but for the conflicts."""

    merged: Json
    conflicts: tuple[Conflict, ...]


def merge(base: Json, theirs: Json, mine: Json, *, part_lists: PartLists) -> Merge:
    """What they made of `base`, and what I made of it, together."""
    merger = _Merger(part_lists)
    merged = merger.merge(base, theirs, mine, pointer="", path="")
    return Merge(merged, tuple(merger.conflicts))


def find_key(part_lists: PartLists, path: str, member: str) -> tuple[str, str | None]:
    """The path of a member, and what identifies the parts in it; None where it holds no parts."""
    further = f"{path}.{member}" if path else member
    if path and further not in part_lists:
        further = f"{path.rpartition('.')[2]}.{member}"
    return further, part_lists.get(further)


def index_items(items: Any, key: str | None) -> dict[str, Json] | None:
    """The items of a list by what identifies each; None where that does not tell them apart."""
    if not isinstance(items, list):
        return None
    if key is None:
        names = [item if isinstance(item, str) else None for item in items]
    else:
        names = [item.get(key) if isinstance(item, dict) else None for item in items]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        return None
    return {str(name): item for name, item in zip(names, items, strict=True)}


@dataclass
class _Merger:
    part_lists: PartLists
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self, base: Json, theirs: Json, mine: Json, *, pointer: str, path: str) -> Json:
        if mine == theirs or theirs == base:
            return mine
        if mine == base:
            return theirs
        if isinstance(theirs, dict) and isinstance(mine, dict):
            within = base if isinstance(base, dict) else {}
            return self._merge_objects(within, theirs, mine, pointer=pointer, path=path)
        self._clash(Clash.VALUE, pointer, base, theirs, mine)
        return mine

    def _merge_objects(
        self, base: Json, theirs: Json, mine: Json, *, pointer: str, path: str
    ) -> dict[str, Json]:
        merged = {}
        for member in [*mine, *(name for name in theirs if name not in mine)]:
            sides = [side.get(member, _ABSENT) for side in (base, theirs, mine)]
            value = self._merge_member(sides, member, pointer=pointer, path=path)
            if value is not _ABSENT:
                merged[member] = value
        return merged

    def _merge_member(self, sides: list[Json], member: str, *, pointer: str, path: str) -> Json:
        further, key = find_key(self.part_lists, path, member)
        here = pointer_to(pointer, member)
        indexed = [index_items([] if side is _ABSENT else side, key) for side in sides]
        if sides[1] != sides[2] and None not in indexed:
            return self._merge_items(*indexed, pointer=here, path=further)  # type: ignore[arg-type]
        return self.merge(*sides, pointer=here, path=further)

    def _merge_items(
        self,
        base: dict[str, Json],
        theirs: dict[str, Json],
        mine: dict[str, Json],
        *,
        pointer: str,
        path: str,
    ) -> list[Json]:
        kept = _list_kept(base, theirs, mine)
        order = merge_orders(kept, base, theirs, mine)
        merged = [
            self._merge_item(
                [side.get(name, _ABSENT) for side in (base, theirs, mine)],
                pointer=pointer_to(pointer, position),
                path=path,
            )
            for position, name in enumerate(order.mine)
        ]
        if order.mine != order.theirs:
            before = [name for name in base if name in kept]
            self._clash(Clash.ORDER, pointer, before, list(order.theirs), list(order.mine))
        return merged

    def _merge_item(self, sides: list[Json], *, pointer: str, path: str) -> Json:
        base, theirs, mine = sides
        if base is not _ABSENT and (theirs is _ABSENT or mine is _ABSENT):
            self._clash(Clash.PART, pointer, base, theirs, mine)
            return mine if theirs is _ABSENT else theirs
        if theirs is _ABSENT or mine is _ABSENT:
            return mine if theirs is _ABSENT else theirs
        return self.merge(base, theirs, mine, pointer=pointer, path=path)

    def _clash(self, clash: Clash, pointer: str, *sides: Json) -> None:
        base, theirs, mine = (None if side is _ABSENT else side for side in sides)
        self.conflicts.append(Conflict(pointer, clash, base, theirs, mine))


def _list_kept(
    base: Mapping[str, Json], theirs: Mapping[str, Json], mine: Mapping[str, Json]
) -> set[str]:
    """The ids that stay: in both, added by one, or removed by one but changed by the other."""
    both = set(theirs) & set(mine)
    added = (set(theirs) | set(mine)) - set(base)
    changed = {
        name
        for side in (theirs, mine)
        for name, item in side.items()
        if name in base and item != base[name]
    }
    return both | added | changed
