"""Comparing contents: every change is found, by part, and what weakens safety is said."""

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calfcms.publishing.comparison import Change, Comparison, FieldChange, compare
from calfcms.publishing.wording import Op
from conditions.document import to_content
from conditions.draft import ConditionDraft
from conditions.kind import ConditionKind
from tests.conditions.examples import PUBLISHER, REFERENCES, TOPICS, make_content
from tests.conditions.strategies import drafts
from triage.kind import ProtocolKind

Content = dict[str, Any]


def to_json(draft: ConditionDraft) -> Content:
    return to_content(draft, references=REFERENCES, publisher=PUBLISHER, topics=TOPICS)


contents = drafts.map(to_json)
any_pages = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def compare_pages(before: Content | None, after: Content) -> Comparison:
    return compare(
        before,
        after,
        part_lists=ConditionKind.part_lists,
        safety_members=ConditionKind.safety_members,
    )


def list_all_fields(comparison: Comparison) -> list[FieldChange]:
    return [*comparison.fields, *(field for part in comparison.parts for field in part.fields)]


def make_section(part_id: str, *inner: Content, body: str = "") -> Content:
    return {
        "id": part_id,
        "aspect": "overview",
        "headline": part_id.title(),
        "body": body,
        "sections": list(inner),
    }


@any_pages
@given(contents)
def test_nothing_changed_between_a_content_and_itself(content: Content) -> None:
    assert compare_pages(content, copy.deepcopy(content)).is_empty


@any_pages
@given(contents, contents)
def test_it_is_empty_only_where_both_say_the_same(before: Content, after: Content) -> None:
    assert compare_pages(before, after).is_empty == (before == after)


@any_pages
@given(contents, contents)
def test_every_change_says_both_texts_whole(before: Content, after: Content) -> None:
    for field in list_all_fields(compare_pages(before, after)):
        old = "".join(run.text for run in field.runs if run.op != Op.INSERT)
        new = "".join(run.text for run in field.runs if run.op != Op.DELETE)

        assert (old, new) == (field.before, field.after)


@any_pages
@given(contents, contents)
def test_the_way_back_undoes_the_way_there(before: Content, after: Content) -> None:
    there, back = compare_pages(before, after), compare_pages(after, before)

    def list_addresses(comparison: Comparison, change: Change) -> set[str]:
        return {part.address for part in comparison.parts if part.change == change}

    assert list_addresses(there, Change.ADDED) == list_addresses(back, Change.REMOVED)
    assert list_addresses(there, Change.CHANGED) == list_addresses(back, Change.CHANGED)


@any_pages
@given(contents, st.randoms(use_true_random=False))
def test_another_order_is_moves_and_nothing_else(content: Content, random: Any) -> None:
    shuffled = copy.deepcopy(content)
    for name in ("sections", "causes", "red_flags", "faqs", "figures"):
        random.shuffle(shuffled[name])

    comparison = compare_pages(content, shuffled)

    assert not comparison.fields
    assert {part.change for part in comparison.parts} <= {Change.MOVED}
    assert comparison.is_empty == (content == shuffled)


@any_pages
@given(contents)
def test_a_removed_red_flag_is_always_a_weakening(content: Content) -> None:
    after = {**content, "red_flags": content["red_flags"][1:]}

    weakened = compare_pages(content, after).weakened

    assert [part.label for part in weakened] == [flag["sign"] for flag in content["red_flags"][:1]]


def test_a_lowered_urgency_is_said() -> None:
    before, after = make_content(), make_content()
    after["red_flags"][0]["urgency"] = "routine"

    [part] = compare_pages(before, after).parts

    assert part.is_safety
    assert part.warning == "Urgency lowered from emergency to routine."
    assert part.address == "red_flags/smoke"
    assert part.pointer == "/red_flags/0"


def test_a_raised_urgency_is_a_safety_change_but_no_weakening() -> None:
    before, after = make_content(), make_content()
    after["red_flags"][1]["urgency"] = "emergency"

    [part] = compare_pages(before, after).parts

    assert part.is_safety
    assert not part.is_weakened


def test_weakened_parts_come_first() -> None:
    before, after = make_content(), make_content()
    after["red_flags"][0]["action"] = "Call now."
    after["red_flags"][1]["urgency"] = "self_care"

    safety = compare_pages(before, after).safety_parts

    assert [part.is_weakened for part in safety] == [True, False]


def test_a_changed_cause_is_no_safety_change_on_a_page() -> None:
    before, after = make_content(), make_content()
    after["causes"][0]["urgency"] = "self_care"

    comparison = compare_pages(before, after)

    assert not comparison.is_safety_change
    assert not comparison.weakened


def test_a_section_moved_into_another_is_one_move() -> None:
    inner = make_section("inner", make_section("innermost"), body="As before.")
    before = {"sections": [make_section("first"), inner]}
    after = {"sections": [make_section("first", inner)]}

    [part] = compare_pages(before, after).parts

    assert (part.change, part.address) == (Change.MOVED, "sections/inner")
    assert part.places == ("2", "First, 1")
    assert part.title == "Sections › First"


def test_one_section_moved_to_the_front_is_one_move() -> None:
    names = ["a", "b", "c", "d", "e"]
    before = {"sections": [make_section(name) for name in names]}
    after = {"sections": [make_section(name) for name in ["e", "a", "b", "c", "d"]]}

    parts = compare_pages(before, after).parts

    assert [part.address for part in parts] == ["sections/e"]


def test_a_part_that_moved_and_changed_is_both() -> None:
    before = {"sections": [make_section("a"), make_section("b"), make_section("c")]}
    after = {"sections": [make_section("c", body="New."), make_section("a"), make_section("b")]}

    [part] = compare_pages(before, after).parts

    assert (part.change, part.is_moved) == (Change.CHANGED, True)


def test_what_was_removed_stands_where_it_was() -> None:
    before = {"sections": [make_section("a"), make_section("b"), make_section("c", body="Old.")]}
    after = {"sections": [make_section("a", body="New."), make_section("c", body="New.")]}

    parts = compare_pages(before, after).parts

    assert [part.address for part in parts] == ["sections/a", "sections/b", "sections/c"]


def test_a_first_content_is_all_new_and_shows_no_empty_member() -> None:
    comparison = compare_pages(None, make_content())

    assert comparison.is_first
    assert {part.change for part in comparison.parts} == {Change.ADDED}
    assert all(field.after for field in list_all_fields(comparison))


def test_a_member_that_older_contents_lack_is_no_change_while_it_is_blank() -> None:
    before = make_content()
    after = {**before, "risk": None, "cases": []}

    assert compare_pages(before, after).is_empty


def test_values_that_read_alike_are_still_told_apart() -> None:
    [field] = compare_pages({"weight": 1}, {"weight": "1"}).fields

    assert (field.before, field.after) == ("1", '"1"')


def test_parts_that_share_an_id_are_compared_as_a_whole() -> None:
    before = {"causes": [{"id": "a", "name": "One"}, {"id": "a", "name": "Two"}]}
    after = {"causes": [{"id": "a", "name": "One"}, {"id": "a", "name": "Three"}]}

    comparison = compare_pages(before, after)

    assert not comparison.is_empty


def test_a_removed_rule_of_a_protocol_is_a_weakening() -> None:
    rule = {"id": "clot", "urgency": "urgent", "title": "Could be a clot", "when": "swelling"}

    comparison = compare(
        {"rules": [rule]},
        {"rules": []},
        part_lists=ProtocolKind.part_lists,
        safety_members=ProtocolKind.safety_members,
    )

    assert [part.label for part in comparison.weakened] == ["Could be a clot"]


def test_items_of_two_scores_with_one_id_are_two_parts() -> None:
    def make_scores(points: int) -> Content:
        item = {"id": "cancer", "label": "Cancer", "points": 1}
        return {
            "scores": [
                {"id": "one", "title": "One", "items": [item]},
                {"id": "two", "title": "Two", "items": [{**item, "points": points}]},
            ]
        }

    [part] = compare(
        make_scores(1),
        make_scores(2),
        part_lists=ProtocolKind.part_lists,
        safety_members=ProtocolKind.safety_members,
    ).parts

    assert part.address == "scores/two/items/cancer"
    assert part.title == "Items › Two"
