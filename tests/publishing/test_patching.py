"""Differences are complete: what they are made to becomes the other content, whatever both say."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calfcms.publishing.differences import describe_differences
from calfcms.publishing.kinds import Kind
from calfcms.publishing.patching import apply
from conditions import document
from conditions.kind import ConditionKind
from tests.conditions import examples as page_examples
from tests.conditions import strategies as page_drafts
from tests.triage import examples as protocol_examples
from tests.triage import strategies as protocol_drafts
from triage import content as protocols
from triage.kind import ProtocolKind

Content = dict[str, Any]

pages = page_drafts.drafts.map(
    lambda draft: document.to_content(
        draft,
        references=page_examples.REFERENCES,
        publisher=page_examples.PUBLISHER,
        topics=page_examples.TOPICS,
    )
)
triage_protocols = protocol_drafts.drafts.map(
    lambda draft: protocols.to_content(
        draft, references=protocol_examples.REFERENCES, publisher=protocol_examples.PUBLISHER
    )
)
any_two = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
names = st.sampled_from(["id", "sections", "causes", "headline", "x"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(2, 9) | st.text("ab ", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
sections = st.recursive(
    st.fixed_dictionaries({"id": st.sampled_from("abc")}, optional={"headline": st.text("xy")}),
    lambda inner: st.fixed_dictionaries(
        {"id": st.sampled_from("abc"), "sections": st.lists(inner, max_size=3)},
        optional={"headline": json_values},
    ),
    max_leaves=8,
)
odd_contents = st.fixed_dictionaries(
    {}, optional={"sections": st.lists(sections, max_size=4) | json_values, "x": json_values}
)
"""Contents that no kind allows: ids that occur twice, lists that hold no parts, members missing."""


def differ(before: Content | None, after: Content, kind: type[Kind] = ConditionKind) -> Content:
    """The differences, as they come out of a JSON text."""
    differences = describe_differences(
        before, after, part_lists=kind.part_lists, safety_members=kind.safety_members
    )
    sent: Content = json.loads(json.dumps(differences, allow_nan=False))
    assert sent == differences
    return sent


def list_changes(differences: Mapping[str, Any]) -> list[Any]:
    return [entry for name in ("members", "parts", "lists") for entry in differences[name]]


def list_texts(differences: Content) -> list[Content]:
    members = [*differences["members"], *(m for p in differences["parts"] for m in p["members"])]
    return [member for member in members if "runs" in member]


def check_both_ways(before: Content, after: Content, kind: type[Kind]) -> None:
    was, is_now = copy.deepcopy(before), copy.deepcopy(after)

    assert apply(before, differ(before, after, kind)) == after
    assert apply(after, differ(after, before, kind)) == before
    assert (before, after) == (was, is_now)


@any_two
@given(pages, pages)
def test_one_page_becomes_the_other_and_back(before: Content, after: Content) -> None:
    check_both_ways(before, after, ConditionKind)


@any_two
@given(triage_protocols, triage_protocols)
def test_one_protocol_becomes_the_other_and_back(before: Content, after: Content) -> None:
    check_both_ways(before, after, ProtocolKind)


@any_two
@given(odd_contents, odd_contents)
def test_it_holds_for_contents_that_no_kind_allows(before: Content, after: Content) -> None:
    check_both_ways(before, after, ConditionKind)


@any_two
@given(pages, st.randoms(use_true_random=False))
def test_parts_in_another_order_and_other_places_are_put_there(
    content: Content, random: Any
) -> None:
    shuffled = _scatter(copy.deepcopy(content), random)

    differences = differ(content, shuffled)

    assert apply(content, differences) == shuffled
    assert {part["change"] for part in differences["parts"]} <= {"moved"}


def _scatter(content: Content, random: Any) -> Content:
    """The page with its sections hung somewhere else, and every list in another order."""
    taken = _take_sections(content.pop("sections"))
    content["sections"] = []
    random.shuffle(taken)
    placed: list[Content] = []
    for section in taken:
        random.choice([content, *placed])["sections"].append(section)
        placed.append(section)
    for name in ("causes", "red_flags", "faqs", "figures", "references"):
        random.shuffle(content[name])
    return content


def _take_sections(sections: list[Content]) -> list[Content]:
    taken = []
    for section in sections:
        inner, section["sections"] = section["sections"], []
        taken += [section, *_take_sections(inner)]
    return taken


@any_two
@given(pages)
def test_a_page_comes_whole_out_of_nothing(content: Content) -> None:
    differences = differ(None, content)

    assert apply({}, differences) == content
    assert {part["change"] for part in differences["parts"]} <= {"added"}


@any_two
@given(pages)
def test_there_is_no_difference_between_a_page_and_itself(content: Content) -> None:
    differences = differ(content, copy.deepcopy(content))

    assert list_changes(differences) == []
    assert not differences["safety_change"]


@any_two
@given(triage_protocols)
def test_there_is_no_difference_between_a_protocol_and_itself(content: Content) -> None:
    assert list_changes(differ(content, copy.deepcopy(content), ProtocolKind)) == []


@any_two
@given(odd_contents, odd_contents)
def test_only_what_says_the_same_has_no_difference(before: Content, after: Content) -> None:
    assert (list_changes(differ(before, after)) == []) == (before == after)


@any_two
@given(pages, pages)
def test_runs_are_both_texts_to_the_last_character(before: Content, after: Content) -> None:
    for member in list_texts(differ(before, after)):
        runs = member["runs"]
        old = "".join(run["text"] for run in runs if run["op"] != "insert")
        new = "".join(run["text"] for run in runs if run["op"] != "delete")

        assert (old, new) == (member["before"], member["after"])
        assert {run["op"] for run in runs} <= {"equal", "insert", "delete"}
        assert all(run["text"] for run in runs)


@any_two
@given(pages, pages)
def test_texts_that_were_there_before_and_after_always_have_runs(
    before: Content, after: Content
) -> None:
    differences = differ(before, after)

    for part in differences["parts"]:
        for member in part["members"]:
            are_texts = all(isinstance(member.get(name), str) for name in ("before", "after"))
            assert ("runs" in member) == are_texts


@any_two
@given(pages, pages)
def test_a_red_flag_that_is_gone_is_always_marked(before: Content, after: Content) -> None:
    differences = differ(before, after)

    gone = {f["id"] for f in before["red_flags"]} - {f["id"] for f in after["red_flags"]}
    marked = {
        part["id"]
        for part in differences["parts"]
        if part["list"] == "red_flags" and part["change"] == "removed" and part["safety"]
    }
    assert marked == gone
    assert differences["safety"] or not gone


def change_flag(**members: Any) -> Content:
    """What differs where the first red flag of the example has these members instead."""
    before, after = page_examples.make_content(), page_examples.make_content()
    after["red_flags"][0] |= members
    return differ(before, after)


@pytest.mark.parametrize(
    "members", [{"urgency": "urgent"}, {"action": ""}, {"suspects": []}, {"references": []}]
)
def test_a_red_flag_that_says_less_is_weakened(members: Content) -> None:
    differences = change_flag(**members)

    [part] = differences["parts"]
    assert part["safety"]
    assert differences["safety"]


@pytest.mark.parametrize("members", [{"sign": "Smoke or sparks"}, {"suspects": ["other"]}])
def test_a_red_flag_in_other_words_is_a_safety_change_but_not_weakened(members: Content) -> None:
    differences = change_flag(**members)

    [part] = differences["parts"]
    assert (part["safety"], part["safety_change"]) == (False, True)
    assert (differences["safety"], differences["safety_change"]) == (False, True)


def test_a_lowered_urgency_is_said_in_words() -> None:
    [part] = change_flag(urgency="routine")["parts"]

    assert part["warning"] == "Urgency lowered from emergency to routine."


def test_a_new_red_flag_weakens_nothing() -> None:
    before, after = page_examples.make_content(), page_examples.make_content()
    before["red_flags"].pop()

    differences = differ(before, after)

    assert not differences["safety"]
    assert differences["safety_change"]


def test_other_words_in_a_section_are_no_safety_change() -> None:
    before, after = page_examples.make_content(), page_examples.make_content()
    after["sections"][0]["body"] += " More."

    differences = differ(before, after)

    assert not differences["safety_change"]
    assert differences["counts"] == {"added": 0, "removed": 0, "changed": 1, "moved": 0}


def differ_protocol(name: str, value: Any) -> Content:
    """What differs where the example protocol has this member instead."""
    before = protocols.to_content(
        protocol_examples.make_draft(),
        references=protocol_examples.REFERENCES,
        publisher=protocol_examples.PUBLISHER,
    )
    return differ(before, {**before, name: value(copy.deepcopy(before[name]))}, ProtocolKind)


@pytest.mark.parametrize("name", ["rules", "findings", "scores", "causes", "dispositions"])
def test_a_removed_part_that_decides_is_marked(name: str) -> None:
    differences = differ_protocol(name, lambda parts: parts[1:])

    assert differences["parts"][0]["safety"]


@pytest.mark.parametrize("name", ["gates", "conflicts", "conditions"])
def test_an_entry_that_decides_and_is_gone_is_marked(name: str) -> None:
    differences = differ_protocol(name, lambda entries: entries[1:])

    [member] = differences["members"]
    assert (member["name"], member["safety"]) == (name, True)


def test_one_more_gate_weakens_nothing() -> None:
    [member] = differ_protocol("gates", lambda gates: [*gates, "fever"])["members"]

    assert (member["safety"], member["safety_change"]) == (False, True)


def test_a_finding_that_is_no_red_flag_any_more_is_weakened() -> None:
    def lower(findings: list[Content]) -> list[Content]:
        return [{**finding, "red_flag": False} for finding in findings]

    changed = differ_protocol("findings", lower)

    assert changed["parts"]
    assert all(part["safety"] for part in changed["parts"])


def test_a_changed_part_says_where_it_was_and_is() -> None:
    before, after = page_examples.make_content(), page_examples.make_content()
    inner = after["sections"][0]["sections"].pop()
    after["sections"].append({**inner, "headline": "By night"})

    differences = differ(before, after)

    [part] = differences["parts"]
    assert (part["change"], part["moved"]) == ("changed", True)
    assert part["address"] == "sections/at-night"
    assert (part["from"], part["to"]) == ("/sections/0/sections/0", "/sections/2")
    assert differences["lists"] == [
        {
            "within": "",
            "list": "sections",
            "parts": ["sections/symptoms", "sections/our-clinic", "sections/at-night"],
        },
        {"within": "sections/symptoms", "list": "sections", "parts": []},
    ]


def test_an_unchanged_part_is_not_in_it() -> None:
    before, after = page_examples.make_content(), page_examples.make_content()
    after["title"] = "Another"

    differences = differ(before, after)

    assert [member["name"] for member in differences["members"]] == ["title"]
    assert differences["parts"] == differences["lists"] == []


def test_a_member_that_was_not_there_has_no_value_before() -> None:
    [member] = differ({"x": 1}, {"x": 1, "risk_class": None})["members"]

    assert member == {
        "name": "risk_class",
        "after": None,
        "safety": False,
        "safety_change": False,
    }
