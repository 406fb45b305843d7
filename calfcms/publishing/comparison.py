"""What changed between two contents: part by part, by stable id, and word by word. Pure.

Parts are what a kind's `part_lists` name. They are found again wherever they moved, so that moving
a section is one move and not a deletion and an addition.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from calfcms.publishing.changes import Change as Change
from calfcms.publishing.changes import Comparison as Comparison
from calfcms.publishing.changes import FieldChange as FieldChange
from calfcms.publishing.changes import PartChange as PartChange
from calfcms.publishing.parts import Part, find_moved, list_parts, read_own_members
from calfcms.publishing.wording import compare_words
from calfcms.publishing.writing import write_value
from calfcms.urgency import Urgency

Content = Mapping[str, Any]


def compare(
    before: Content | None,
    after: Content,
    *,
    part_lists: Mapping[str, str],
    safety_members: Collection[str],
    is_exact: bool = False,
) -> Comparison:
    """What changed from one content to the other; with nothing before, everything is added.

    A member that one of them lacks and that is blank in the other is no change, unless it is to be
    `is_exact`: programs need to know of it, people do not.
    """
    old, new = list_parts(before or {}, part_lists), list_parts(after, part_lists)
    moved = find_moved(old, new)
    orders = {part.list_name: tuple(part.members) for part in new.values()}
    changes = [
        _compare_part(
            old.get(address),
            new.get(address),
            address in moved,
            safety_members,
            orders.get((old.get(address) or new[address]).list_name, ()),
            is_exact=is_exact,
        )
        for address in _merge_order(list(old), list(new))
    ]
    return Comparison(
        fields=_compare_members(
            read_own_members(before or {}, part_lists),
            read_own_members(after, part_lists),
            safety_members,
            is_exact=is_exact,
        ),
        parts=tuple(change for change in changes if change),
        is_first=before is None,
        labels={part.address: part.label for part in (*old.values(), *new.values())},
    )


def _merge_order(old: list[str], new: list[str]) -> list[str]:
    """The order of the content after; what was removed stands behind what it stood behind."""
    merged = list(new)
    known = set(new)
    for position, address in enumerate(old):
        if address in known:
            continue
        place = merged.index(old[position - 1]) + 1 if position else 0
        merged.insert(place, address)
    return merged


def _compare_part(
    old: Part | None,
    new: Part | None,
    is_moved: bool,
    safety_members: Collection[str],
    order: Sequence[str],
    *,
    is_exact: bool,
) -> PartChange | None:
    part = new or old
    assert part is not None  # noqa: S101 - every address comes from one of the two
    fields = _compare_members(_read_members(old), _read_members(new), (), order, is_exact=is_exact)
    if not fields and not is_moved and old and new:
        return None
    is_safety = part.member in safety_members
    return PartChange(
        change=_name_change(old, new, fields),
        address=part.address,
        list_name=part.list_name,
        label=part.label,
        trail=part.trail,
        fields=fields,
        is_safety=is_safety,
        is_moved=is_moved,
        pointer=new.pointer if new else "",
        places=(old.place, new.place) if old and new and is_moved else ("", ""),
        warning=_warn(old, new) if is_safety else "",
    )


def _read_members(part: Part | None) -> Mapping[str, Any]:
    members = part.members if part else {}
    return {name: value for name, value in members.items() if part and name != part.key}


def _name_change(old: Part | None, new: Part | None, fields: tuple[FieldChange, ...]) -> Change:
    if old is None:
        return Change.ADDED
    if new is None:
        return Change.REMOVED
    return Change.CHANGED if fields else Change.MOVED


def _warn(old: Part | None, new: Part | None) -> str:
    before = _get_urgency(old)
    if before is None:
        return ""
    if new is None:
        return f"Removed: readers are no longer told of this ({before.value})."
    after = _get_urgency(new)
    if after is None or after.rank < before.rank:
        return f"Urgency lowered from {before.value} to {after.value if after else 'none'}."
    return ""


def _get_urgency(part: Part | None) -> Urgency | None:
    value = part.members.get("urgency") if part else None
    return Urgency(value) if isinstance(value, str) and value in set(Urgency) else None


def _compare_members(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    safety_members: Collection[str],
    order: Sequence[str] = (),
    *,
    is_exact: bool,
) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*new, *(name for name in order if name in old), *old])
    return tuple(
        _compare_values(name, old.get(name), new.get(name), name in safety_members)
        for name in names
        if _differs(name, old, new, is_exact=is_exact)
    )


def _differs(name: str, old: Mapping[str, Any], new: Mapping[str, Any], *, is_exact: bool) -> bool:
    """Whether a member changed. One that was not there before says nothing while it is blank."""
    if name not in old or name not in new:
        return is_exact or (old.get(name) or new.get(name)) not in (None, "", [], {})
    return bool(old[name] != new[name])


def _compare_values(name: str, old: Any, new: Any, is_safety: bool) -> FieldChange:
    before, after = write_value(old), write_value(new)
    if before == after:  # such as the number 1 and the text "1"
        before, after = json.dumps(old), json.dumps(new)
    return FieldChange(name, before, after, compare_words(before, after), is_safety)
