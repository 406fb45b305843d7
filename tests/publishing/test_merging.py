"""Three-way merging of drafts: nothing that either person did is lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.publishing.merging import Clash, Conflict, Merge, merge

PARTS = {"sections": "id", "sections.sections": "id", "flags": "id"}


def put_together(base: Any, theirs: Any, mine: Any) -> Merge:
    return merge(base, theirs, mine, part_lists=PARTS)


def section(name: str, body: str = "", *within: Any) -> dict[str, Any]:
    return {"id": name, "body": body, "sections": list(within)}


def ids(parts: list[Any]) -> list[str]:
    return [part["id"] for part in parts]


def test_changes_in_different_members_are_both_there() -> None:
    base = {"title": "a", "name": "b"}

    merged = put_together(base, {"title": "A", "name": "b"}, {"title": "a", "name": "B"})

    assert merged == Merge({"title": "A", "name": "B"}, ())


def test_the_same_change_is_no_conflict() -> None:
    assert put_together({"a": 1}, {"a": 2}, {"a": 2}) == Merge({"a": 2}, ())


def test_two_changes_in_one_place_are_a_conflict_that_keeps_mine_for_now() -> None:
    merged = put_together({"title": "a"}, {"title": "b"}, {"title": "c"})

    assert merged.merged == {"title": "c"}
    assert merged.conflicts == (Conflict("/title", Clash.VALUE, "a", "b", "c"),)


def test_parts_are_followed_by_their_id_when_they_move() -> None:
    base = {"sections": [section("a"), section("b"), section("c")]}
    theirs = {"sections": [section("c"), section("a"), section("b")]}
    mine = {"sections": [section("a"), section("b"), section("c", "new")]}

    merged = put_together(base, theirs, mine)

    assert merged == Merge({"sections": [section("c", "new"), section("a"), section("b")]}, ())


def test_additions_of_both_stand_where_each_put_them() -> None:
    base = {"sections": [section("a"), section("b")]}
    theirs = {"sections": [section("a"), section("t"), section("b")]}
    mine = {"sections": [section("m"), section("a"), section("b")]}

    merged = put_together(base, theirs, mine)

    assert ids(merged.merged["sections"]) == ["m", "a", "t", "b"]
    assert merged.conflicts == ()


def test_a_part_that_one_removed_and_nobody_changed_is_gone() -> None:
    base = {"sections": [section("a"), section("b")]}

    merged = put_together(base, {"sections": [section("b")]}, base | {"title": "x"})

    assert merged == Merge({"sections": [section("b")], "title": "x"}, ())


@pytest.mark.parametrize("remover", ["theirs", "mine"])
def test_a_part_that_one_removed_and_the_other_changed_stays_until_somebody_chooses(
    remover: str,
) -> None:
    base = {"sections": [section("a"), section("b")]}
    removed = {"sections": [section("a")]}
    changed = {"sections": [section("a"), section("b", "new")]}
    theirs, mine = (removed, changed) if remover == "theirs" else (changed, removed)

    merged = put_together(base, theirs, mine)

    assert merged.merged == changed
    sides = (None, section("b", "new"))
    theirs_side, mine_side = sides if remover == "theirs" else sides[::-1]
    assert merged.conflicts == (
        Conflict("/sections/1", Clash.PART, section("b"), theirs_side, mine_side),
    )


def test_nested_parts_are_merged_to_any_depth() -> None:
    def page(deep: str, title: str) -> dict[str, Any]:
        return {"sections": [section("a", "", section("b", title, section("c", deep)))]}

    merged = put_together(page("x", "y"), page("X", "y"), page("x", "Y"))

    assert merged == Merge(page("X", "Y"), ())


def test_two_orders_are_a_conflict_with_the_whole_list_of_each() -> None:
    base = {"sections": [section(name) for name in "abc"]}
    theirs = {"sections": [section(name) for name in "cab"]}
    mine = {"sections": [section(name) for name in "bamc"]}

    merged = put_together(base, theirs, mine)

    assert ids(merged.merged["sections"]) == ["b", "a", "m", "c"]
    assert merged.conflicts == (
        Conflict("/sections", Clash.ORDER, list("abc"), list("camb"), list("bamc")),
    )


def test_the_same_new_id_twice_is_compared_member_by_member() -> None:
    base: dict[str, Any] = {"sections": []}

    merged = put_together(
        base, {"sections": [section("a", "t")]}, {"sections": [section("a", "m")]}
    )

    assert merged.merged == {"sections": [section("a", "m")]}
    assert merged.conflicts == (Conflict("/sections/0/body", Clash.VALUE, None, "t", "m"),)


def test_lists_of_texts_take_additions_and_removals_of_both() -> None:
    base = {"names": ["a", "b", "c"]}

    merged = put_together(base, {"names": ["a", "c", "t"]}, {"names": ["m", "a", "b", "c"]})

    assert merged == Merge({"names": ["m", "a", "c", "t"]}, ())


def test_lists_that_nothing_identifies_are_one_value() -> None:
    base = {"codes": [{"code": "1"}]}
    theirs = {"codes": [{"code": "2"}]}
    mine = {"codes": [{"code": "3"}]}

    merged = put_together(base, theirs, mine)

    assert merged.merged == mine
    assert [conflict.pointer for conflict in merged.conflicts] == ["/codes"]


def test_ids_that_occur_twice_are_not_merged_by_id() -> None:
    base = {"sections": [section("a")]}
    twice = {"sections": [section("a"), section("a", "again")]}

    merged = put_together(base, {"sections": [section("a", "t")]}, twice)

    assert merged.merged == twice
    assert [conflict.pointer for conflict in merged.conflicts] == ["/sections"]


# Properties -----------------------------------------------------------------------------------

texts = st.sampled_from(["", "x", "y", "z"])


def part_lists_of(depth: int) -> st.SearchStrategy[list[Any]]:
    within = part_lists_of(depth - 1) if depth else st.just([])
    part = st.fixed_dictionaries({"body": texts, "sections": within})
    found = st.dictionaries(st.sampled_from("abcd"), part, max_size=3)
    return found.map(lambda parts: [{"id": name, **part} for name, part in parts.items()])


drafts = st.fixed_dictionaries(
    {
        "title": texts,
        "age": st.sampled_from([None, 1, 2]),
        "names": st.lists(texts, unique=True),
        "codes": st.lists(st.fixed_dictionaries({"code": texts}), max_size=2),
        "sections": part_lists_of(1),
        "flags": part_lists_of(0),
    }
)


def leaves(value: Any, path: tuple[str, ...] = ()) -> set[tuple[Any, ...]]:
    """Everything that a draft says, each with the ids on the way to it; order left out."""
    if isinstance(value, dict):
        return {leaf for name, member in value.items() for leaf in leaves(member, (*path, name))}
    if isinstance(value, list):
        names = [item.get("id", "") if isinstance(item, dict) else "" for item in value]
        return {
            leaf
            for name, item in zip(names, value, strict=True)
            for leaf in leaves(item, (*path, name))
        }
    return {(*path, value)}


@given(drafts, drafts)
def test_whoever_changed_nothing_is_no_obstacle(base: Any, other: Any) -> None:
    assert put_together(base, other, base) == Merge(other, ())
    assert put_together(base, base, other) == Merge(other, ())
    assert put_together(base, other, other) == Merge(other, ())


@given(drafts, drafts, drafts)
def test_everything_that_i_wrote_is_in_the_merge_or_offered(
    base: Any, theirs: Any, mine: Any
) -> None:
    found = put_together(base, theirs, mine)

    offered = {leaf[-1] for conflict in found.conflicts for leaf in leaves(conflict.mine)}
    lost = leaves(mine) - leaves(base) - leaves(found.merged)
    assert {leaf[-1] for leaf in lost} <= offered


@given(drafts, drafts, drafts)
def test_everything_that_they_wrote_is_in_the_merge_or_offered(
    base: Any, theirs: Any, mine: Any
) -> None:
    found = put_together(base, theirs, mine)

    offered = {leaf[-1] for conflict in found.conflicts for leaf in leaves(conflict.theirs)}
    lost = leaves(theirs) - leaves(base) - leaves(found.merged)
    assert {leaf[-1] for leaf in lost} <= offered


@given(drafts, drafts, drafts)
def test_nothing_appears_that_nobody_wrote(base: Any, theirs: Any, mine: Any) -> None:
    found = put_together(base, theirs, mine)

    assert leaves(found.merged) <= leaves(theirs) | leaves(mine)


@given(drafts, drafts, drafts)
def test_who_is_called_mine_does_not_change_what_is_in_conflict(
    base: Any, theirs: Any, mine: Any
) -> None:
    one, other = put_together(base, theirs, mine), put_together(base, mine, theirs)

    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert leaves(one.merged) == leaves(other.merged)


@given(drafts, drafts, drafts)
def test_every_conflict_points_to_a_place_in_the_merge(base: Any, theirs: Any, mine: Any) -> None:
    found = put_together(base, theirs, mine)

    for conflict in found.conflicts:
        value = found.merged
        for step in conflict.pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        if conflict.clash == Clash.VALUE:
            assert value == conflict.mine
        if conflict.clash == Clash.ORDER:
            assert sorted(conflict.theirs) == sorted(conflict.mine)
