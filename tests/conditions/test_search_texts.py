"""What a page about a condition can be found by."""

from typing import Any

from calfcms.publishing.search_texts import SearchText, Weight
from conditions.search_texts import list_search_texts
from tests.conditions.examples import make_content, make_edition


def list_texts(**changes: Any) -> list[SearchText]:
    return list_search_texts(make_edition(make_content(**changes)))


def test_names_weigh_most_then_the_title_then_what_stands_out() -> None:
    weights = {text.part: text.weight for text in reversed(list_texts())}

    assert weights["name"] == weights["alternate_names"] == Weight.NAME
    assert weights["title"] == Weight.TITLE
    assert weights["red_flags/smoke"] == weights["faqs/catching"] == Weight.HEADING
    assert weights["summary"] == Weight.SUMMARY


def test_each_text_has_the_address_of_its_part() -> None:
    texts = list_texts()

    assert SearchText(Weight.HEADING, "red_flags/smoke", "Smoke from the ear") in texts
    assert SearchText(Weight.TEXT, "red_flags/smoke", "ear fire") in texts
    assert SearchText(Weight.HEADING, "sections/at-night", "At night") in texts
    assert SearchText(Weight.TEXT, "sections/symptoms", "A soft light.") in texts
    assert SearchText(Weight.TEXT, "faqs/catching", "No.") in texts


def test_causes_are_plain_text_without_citations() -> None:
    body = "**Heat** & hum [@ito-2019].\n\n- one\n- two"
    cause = {"id": "hum", "name": "ear hum", "urgency": "routine", "body": body}

    [text] = [
        text.text
        for text in list_texts(causes=[cause])
        if text.part == "causes/hum" and text.weight == Weight.TEXT
    ]

    assert " ".join(text.split()) == "Heat & hum. one two"


def test_what_is_for_one_partner_only_is_not_there() -> None:
    assert not [text for text in list_texts() if "clinic" in text.text + text.part]


def test_an_edition_without_a_list_of_parts_has_the_rest() -> None:
    edition = make_edition(make_content())
    del edition["faqs"], edition["causes"]

    assert {text.part for text in list_search_texts(edition)} >= {"name", "sections/symptoms"}
