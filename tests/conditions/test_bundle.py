"""Condition bundles: from text to draft and back, and what is refused on which line."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfcms.bundles.errors import BundleRefused
from calfcms.bundles.reading import read_yaml
from calfcms.bundles.writing import write_yaml
from calfcms.publishing.bundles import BundleKind, find_bundle_kind
from conditions.draft import ConditionDraft
from tests.conditions.examples import DRAFT, make_draft
from tests.conditions.strategies import drafts

MINIMAL = {name: DRAFT[name] for name in ("slug", "locale", "title", "name", "publisher")}
ODD = " \n\t:#-|>'\"@&*!%{}[],?~0123456789.e\xa0\ufeff\U0001f9b5"

lines = st.text(st.sampled_from(ODD.replace("\n", "").replace("\t", "")), max_size=30)
markdown = st.lists(st.sampled_from([*ODD, "word ", "\n\n", "- ", "x" * 110]), max_size=30)


def kind_of(name: str) -> BundleKind:
    """The kind of bundle with this name."""
    kind = find_bundle_kind(name)
    assert kind is not None
    return kind


def parse(text: str, name: str = "condition") -> Any:
    """What the bundle says."""
    return kind_of(name).parse(read_yaml(text, source="x.yaml"))


def refuse(text: str, name: str = "condition") -> list[str]:
    """The errors in a bundle, as they are printed."""
    with pytest.raises(BundleRefused) as refused:
        parse(text, name)
    return [str(error) for error in refused.value.errors]


def write(draft: ConditionDraft) -> str:
    """The draft as a bundle."""
    return write_yaml(kind_of("condition").data_of(draft))


def test_a_page_survives_the_way_to_a_file_and_back() -> None:
    assert parse(write(make_draft())) == make_draft()


@given(summary=markdown.map("".join), answer=markdown.map("".join), display=lines)
@settings(max_examples=50, deadline=None)
def test_any_text_survives_the_way_to_a_file_and_back(
    summary: str, answer: str, display: str
) -> None:
    faqs = [{"id": "a", "question": "b", "answer": answer}]
    codes = [{"system": "s", "code": "c", "display": display}]
    draft = make_draft(summary=summary, faqs=faqs, codes=codes)

    text = write(draft)

    assert parse(text) == draft
    assert write(parse(text)) == text


@given(drafts)
@settings(max_examples=25, deadline=None)
def test_any_draft_survives_the_way_to_a_file_and_back(draft: ConditionDraft) -> None:
    text = write(draft)

    assert parse(text) == draft
    assert write(parse(text)) == text


def test_fields_come_in_the_order_of_the_draft_without_defaults() -> None:
    text = write(ConditionDraft.model_validate(MINIMAL | {"audience": "patient", "topics": []}))

    assert text == (
        "kind: condition\n"
        "slug: ear-glow\n"
        "locale: en\n"
        "title: 'Ear glow: what it is and what to do'\n"
        "name: Ear glow\n"
        "publisher: demo-library\n"
    )


def test_markdown_of_several_lines_ends_with_a_line_feed_in_the_file() -> None:
    text = write(ConditionDraft.model_validate(MINIMAL | {"summary": "One.\n\nTwo."}))

    assert text.endswith("summary: |\n  One.\n\n  Two.\n")


def test_it_refuses_what_is_missing_or_unknown() -> None:
    errors = refuse("kind: condition\nslug: a\nlocale: en\ntitle: A\nnam: A\npublisher: p\n")

    assert errors == [
        "x.yaml:1: `name` is missing. Add `name: …` here.",
        "x.yaml:5: `nam` is not a key here. Did you mean `name`?",
    ]


def test_it_refuses_an_urgency_that_there_is_not() -> None:
    text = write(make_draft()).replace("urgency: emergency", "urgency: emergncy")

    assert refuse(text) == [
        f"x.yaml:{line_of(text, 'emergncy')}: `urgency` cannot be 'emergncy'. Write one of "
        "'self_care', 'routine', 'urgent' or 'emergency'. Did you mean `emergency`?"
    ]


def test_it_refuses_a_part_id_used_twice_wherever_the_parts_are() -> None:
    text = write(make_draft()).replace("id: catching", "id: at-night")

    assert refuse(text) == [
        f"x.yaml:{line_of(text, 'id: at-night', 2)}: `at-night` is used twice. "
        f"Choose another; the first is on line {line_of(text, 'id: at-night')}."
    ]


def test_it_refuses_parts_that_are_no_lists_of_mappings() -> None:
    head = "kind: condition\nslug: a\nlocale: en\ntitle: A\nname: A\npublisher: p\n"

    errors = refuse(f"{head}sections:\n- 1\n- id: [a]\n  sections: b\nfaqs: c\n")

    assert [error.split(": ")[0] for error in errors][:1] == ["x.yaml:8"]
    assert "x.yaml:11: `faqs` must be a list. Begin each entry on a line of its own with `- `." in (
        errors
    )


@pytest.mark.parametrize(
    ("doi", "says"),
    [
        ("10.1016/j.injury.", "looks cut off"),
        ("doi:10.1016/j.injury.2020.1", "is not a DOI"),
        ("10.1016/S0140-6736(05", "without its pair"),
    ],
)
def test_it_refuses_a_bad_doi_on_its_line(doi: str, says: str) -> None:
    text = (
        "kind: references\nreferences:\n- key: a\n  csl:\n    type: book\n    title: A\n"
        f"    DOI: {doi}\n"
    )

    errors = refuse(text, "references")

    assert len(errors) == 1
    assert errors[0].startswith("x.yaml:7: `DOI`: ")
    assert says in errors[0]
    assert "instead" in errors[0]


def test_it_refuses_a_reference_key_given_twice() -> None:
    entry = "- key: a\n  csl:\n    type: book\n    title: A\n"

    errors = refuse(f"kind: references\nreferences:\n{entry}{entry}", "references")

    assert errors == ["x.yaml:7: `a` is used twice. Choose another; the first is on line 3."]


def test_it_refuses_a_check_without_a_name() -> None:
    text = (
        "kind: references\nreferences:\n- key: a\n  csl:\n    type: book\n    title: A\n"
        "  checked_on: 2026-11-20\n"
    )

    assert refuse(text, "references") == [
        "x.yaml:3: Entry 1 of `references`: give both 'checked_on' and 'checked_by', or neither."
    ]


def test_shared_rows_come_in_the_order_of_their_keys() -> None:
    text = "kind: topics\ntopics:\n- slug: b\n  title: B\n- slug: a\n  title: A\n"

    data = kind_of("topics").data_of(parse(text, "topics"))

    assert [topic["slug"] for topic in data["topics"]] == ["a", "b"]


def line_of(text: str, words: str, occurrence: int = 1) -> int:
    """The line on which words stand for the n-th time."""
    found = [n for n, line in enumerate(text.splitlines(), start=1) if words in line]
    return found[occurrence - 1]
