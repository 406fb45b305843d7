"""Draft to content and back, and content to the edition's own members."""

import json
from typing import Any

import pytest

from calfcms.publishing.digest import digest_of
from conditions.content import walk_citations
from conditions.document import describe, draft_of_content, list_partners
from tests.conditions.examples import REFERENCES, TITLES, make_content, make_draft, make_edition

MEMBERS = [
    *("title", "name", "alternate_names", "codes", "summary", "audience", "topics", "sections"),
    *("causes", "red_flags", "faqs", "figures", "references", "related", "contributors"),
    *("publisher", "disclaimer", "license", "attribution", "translation"),
]


def describe_page(**changes: Any) -> dict[str, Any]:
    return describe(make_content(**changes), title_of=TITLES.get)


def test_content_goes_back_to_the_draft_that_made_it() -> None:
    assert draft_of_content(make_content()) == make_draft()


def test_content_says_what_it_is_and_where() -> None:
    content = make_content()

    assert (content["kind"], content["slug"], content["locale"]) == ("condition", "ear-glow", "en")


def test_content_writes_out_the_publisher_and_the_topics() -> None:
    content = make_content()

    assert content["publisher"]["name"] == "Demo Library"
    assert content["topics"] == [{"slug": "ears", "title": "Ears"}]


def test_content_holds_the_references_that_are_cited_by_key() -> None:
    assert [reference["key"] for reference in make_content()["references"]] == sorted(REFERENCES)


def test_content_holds_no_reference_that_nothing_cites() -> None:
    content = make_content(summary="None.", sections=[], red_flags=[], faqs=[])

    assert content["references"] == []


def test_drafts_that_say_the_same_have_the_same_digest() -> None:
    assert digest_of(make_content(summary="a \r\nb\n")) == digest_of(make_content(summary="a\nb"))


def test_one_changed_word_changes_the_digest() -> None:
    assert digest_of(make_content(summary="Maybe.")) != digest_of(make_content(summary="May be."))


def test_it_has_the_members_of_the_contract_in_their_order() -> None:
    assert list(describe_page()) == MEMBERS


def test_it_is_json_and_the_same_each_time() -> None:
    once, again = make_edition(make_content()), make_edition(make_content())

    assert json.loads(json.dumps(once)) == once
    assert json.dumps(once) == json.dumps(again)


def test_a_text_is_given_as_html_and_as_plain_text() -> None:
    page = describe_page(summary="Most **ears** [@ear-board].")

    assert page["summary"]["text"] == "Most ears."
    assert page["summary"]["html"].startswith("<p>Most <strong>ears</strong> <a ")


def test_sections_are_nested_and_have_their_own_headings_below_the_headline() -> None:
    inner = {"id": "b", "aspect": "types", "headline": "B", "body": "# Deep"}
    outer = {"id": "a", "aspect": "overview", "headline": "A", "body": "# In", "sections": [inner]}

    [section] = describe_page(sections=[outer])["sections"]

    assert section["html"] == "<h3>In</h3>"
    assert section["sections"] == [
        {
            "id": "b",
            "aspect": "types",
            "headline": "B",
            "html": "<h4>Deep</h4>",
            "text": "Deep",
            "sections": [],
        }
    ]


def test_a_section_for_one_partner_is_left_out_with_what_only_it_cites() -> None:
    section = {
        "id": "ours", "aspect": "overview", "headline": "A", "partner": "p", "body": "[@ito-2019]",
    }  # fmt: skip

    page = describe_page(sections=[section], red_flags=[], faqs=[])

    assert page["sections"] == []
    assert [reference["id"] for reference in page["references"]] == ["ear-board"]


def test_a_partner_is_shown_its_own_sections_and_they_say_so() -> None:
    ours = {
        "id": "ours", "aspect": "overview", "headline": "Ours", "partner": "p",
        "body": "See [@ito-2019].",
        "sections": [{"id": "inside", "aspect": "overview", "headline": "In", "body": "Inside."}],
    }  # fmt: skip
    theirs = {
        "id": "theirs", "aspect": "overview", "headline": "Theirs", "partner": "q", "body": "B.",
    }  # fmt: skip
    content = make_content(sections=[ours, theirs], red_flags=[], faqs=[])

    page = describe(content, title_of=TITLES.get, partner="p")

    [section] = page["sections"]
    assert (section["id"], section["partner"]) == ("ours", "p")
    assert "partner" not in section["sections"][0]
    assert [reference["id"] for reference in page["references"]] == ["ear-board", "ito-2019"]


def test_the_partners_of_a_page_are_those_that_any_section_names() -> None:
    inside = {"id": "c", "aspect": "overview", "headline": "C", "body": "C.", "partner": "a-clinic"}
    section = {
        "id": "b", "aspect": "overview", "headline": "B", "body": "B.", "partner": "z-clinic",
        "sections": [inside],
    }  # fmt: skip

    assert list_partners(make_content(sections=[section])) == ["a-clinic", "z-clinic"]
    assert list_partners(make_content(sections=[])) == []


def test_what_is_for_another_partner_inside_ones_own_section_is_left_out() -> None:
    inside = {"id": "c", "aspect": "overview", "headline": "C", "body": "C.", "partner": "q"}
    section = {
        "id": "b", "aspect": "overview", "headline": "B", "body": "B.", "partner": "p",
        "sections": [inside],
    }  # fmt: skip
    content = make_content(sections=[section])

    mine = describe(content, title_of=TITLES.get, partner="p")
    theirs = describe(content, title_of=TITLES.get, partner="q")

    assert mine["sections"][0]["sections"] == []
    assert theirs["sections"] == []


def test_references_are_numbered_in_reading_order() -> None:
    page = describe_page(
        summary="None.",
        sections=[],
        red_flags=[{"id": "f", "sign": "S", "urgency": "urgent", "references": ["ito-2019"]}],
        faqs=[{"id": "q", "question": "Q?", "answer": "A [@ear-board] [@ito-2019]."}],
    )

    assert [(ref["number"], ref["id"]) for ref in page["references"]] == [
        (1, "ito-2019"),
        (2, "ear-board"),
    ]
    assert page["red_flags"][0]["references"] == [1]


def test_citations_are_walked_from_the_summary_to_the_questions() -> None:
    assert [pointer for pointer, _ in walk_citations(make_content())] == [
        "/summary",
        "/sections/0/body",
        "/sections/0/sections/0/body",
        "/sections/1/body",
        "/causes/0/body",
        "/red_flags/0/references",
        "/red_flags/1/references",
        "/faqs/0/answer",
    ]


def test_a_reference_has_its_line_its_record_and_its_identifiers() -> None:
    reference = describe_page()["references"][1]

    assert reference == {
        "number": 2,
        "id": "ito-2019",
        "citation": "Ito HM. Glow in the ear. J Imaginary Med. 2019 May;12(3):45-51.",
        "csl": REFERENCES["ito-2019"].model_dump(mode="json")["csl"],
        "doi": "10.1234/jim.2019.45",
        "url": None,
        "checked_on": "2026-11-20",
    }


def test_an_unfinished_page_can_be_described_too() -> None:
    page = describe_page(
        summary="A [@lost] [x](condition:lost).",
        related=["lost", "ear-hum"],
        causes=[{"id": "c", "name": "C", "condition": "lost", "urgency": "urgent"}],
    )

    assert page["summary"]["html"] == "<p>A [@lost] x.</p>"
    assert page["related"] == [{"slug": "ear-hum", "title": "Ear hum"}]
    assert page["causes"][0]["condition"] is None


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("ear-glow#smoke", "#smoke"),
        ("ear-glow", "/api/v1/conditions/ear-glow?format=html"),
        ("ear-hum#loud", "/api/v1/conditions/ear-hum?format=html#loud"),
    ],
)
def test_a_link_to_a_condition_gets_its_address(target: str, href: str) -> None:
    page = describe_page(summary=f"[x](condition:{target})")

    assert f'href="{href}"' in page["summary"]["html"]


def test_the_disclaimer_is_plain_text() -> None:
    assert describe_page()["disclaimer"] == "This is information, not a diagnosis."
