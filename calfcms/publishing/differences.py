"""The differences between two contents as JSON, complete: `patching` makes one of the other. Pure.

Where `changes` tells people what to look at, this tells programs all there is: every value as it
was and as it is, and the order of every list whose order changed.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from calfcms.publishing.changes import Change, Comparison, FieldChange, PartChange
from calfcms.publishing.comparison import compare
from calfcms.publishing.parts import Part, list_orders, list_parts

Content = Mapping[str, Any]
Json = dict[str, Any]

_BLANK: Final[tuple[Any, ...]] = (None, False, "", [], {})
"""What says nothing; a finding that is no red flag any more says less too."""


def describe_differences(
    before: Content | None,
    after: Content,
    *,
    part_lists: Mapping[str, str],
    safety_members: Collection[str],
) -> Json:
    """What leads from one content to the other; `before` is None where there was nothing."""
    comparison = compare(
        before, after, part_lists=part_lists, safety_members=safety_members, is_exact=True
    )
    members = _describe_own_members(comparison, before or {}, after)
    parts = _describe_parts(comparison, before or {}, after, part_lists)
    changes = [*members, *parts]
    return {
        "safety": any(change["safety"] for change in changes),
        "safety_change": any(change["safety_change"] for change in changes),
        "counts": dict.fromkeys(map(str, Change), 0) | comparison.counts,
        "members": members,
        "parts": parts,
        "lists": _describe_lists(before or {}, after, part_lists),
        "part_lists": {
            path: key
            for path, key in part_lists.items()
            if path.partition(".")[0] in {*(before or {}), *after}
        },
    }


def _describe_own_members(comparison: Comparison, before: Content, after: Content) -> list[Json]:
    return [
        _describe_member(field, before, after)
        | {
            "safety": field.is_safety and _is_less(before.get(field.name), after.get(field.name)),
            "safety_change": field.is_safety,
        }
        for field in comparison.fields
    ]


def _describe_member(field: FieldChange, before: Content, after: Content) -> Json:
    """Its values, each there only where the member is; and its runs where both are text."""
    name = field.name
    described: Json = {"name": name}
    described |= {"before": before[name]} if name in before else {}
    described |= {"after": after[name]} if name in after else {}
    if isinstance(before.get(name), str) and isinstance(after.get(name), str):
        described["runs"] = [{"op": run.op.value, "text": run.text} for run in field.runs]
    return described


def _is_less(before: Any, after: Any) -> bool:
    """Whether something that was said is not said any more. What cannot be told counts as such."""
    if before in _BLANK:
        return False
    if isinstance(before, list) and isinstance(after, list):
        return any(item not in after for item in before)
    return True


def _describe_parts(
    comparison: Comparison, before: Content, after: Content, part_lists: Mapping[str, str]
) -> list[Json]:
    old, new = list_parts(before, part_lists), list_parts(after, part_lists)
    return [
        _describe_part(change, old.get(change.address), new.get(change.address))
        for change in comparison.parts
    ]


def _describe_part(change: PartChange, old: Part | None, new: Part | None) -> Json:
    part = new or old
    assert part is not None  # noqa: S101 - every change is of a part in one of the two
    was, now = old.members if old else {}, new.members if new else {}
    return {
        "change": change.change.value,
        "moved": change.is_moved,
        "address": change.address,
        "list": change.list_name,
        "key": part.key,
        "id": part.members[part.key],
        "label": change.label,
        "within": list(change.trail),
        "from": old.pointer if old else None,
        "to": new.pointer if new else None,
        "safety": change.is_safety and _is_weaker(change, was, now),
        "safety_change": change.is_safety,
        "warning": change.warning or None,
        "members": [_describe_member(field, was, now) for field in change.fields],
    }


def _is_weaker(change: PartChange, was: Content, now: Content) -> bool:
    """Whether a safety part is gone, less urgent, or lost one of its texts."""
    if change.change == Change.REMOVED or change.is_weakened:
        return True
    return any(now.get(name) in _BLANK for name, value in was.items() if value not in _BLANK)


def _describe_lists(before: Content, after: Content, part_lists: Mapping[str, str]) -> list[Json]:
    """The lists whose parts are not the same in the same order; null for one that is gone."""
    old, new = list_orders(before, part_lists), list_orders(after, part_lists)
    kept = {"", *list_parts(after, part_lists)}
    gone = [place for place in old if place not in new and place[0] in kept]
    return [
        {"within": place[0], "list": place[1], "parts": new.get(place)}
        for place in [*new, *gone]
        if place not in old or old[place] != new.get(place)
    ]
