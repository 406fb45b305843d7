"""Which statements of a page rest on a source: the smallest block that cites, and red flags."""

from typing import Any

import pytest

from conditions.statements import list_statements
from tests.conditions.examples import make_content


def list_texts(**changes: Any) -> list[tuple[str, tuple[str, ...]]]:
    blank: dict[str, Any] = {"sections": [], "causes": [], "red_flags": [], "faqs": []}
    content = make_content(**blank | {"summary": ""} | changes)
    return [(statement.text, statement.keys) for statement in list_statements(content)]


def test_the_example_page_says_what_rests_on_what_in_reading_order() -> None:
    found = [(one.kind, one.part, one.text) for one in list_statements(make_content())]

    assert found == [
        ("summary", None, "Most ears stop glowing by themselves."),
        ("section", "symptoms", "A soft light."),
        ("red_flag", "smoke", "Smoke from the ear. Call an ambulance."),
        ("faq", "catching", "No."),
    ]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("One [@ito-2019].\n\nTwo.", ["One."]),
        ("One [@ito-2019].\n\nTwo [@ito-2019].", ["One.", "Two."]),
        ("## Head [@ito-2019]\n\nText.", ["Head"]),
        ("- one [@ito-2019]\n- two\n  - three [@ito-2019]", ["one", "three"]),
        ("> quoted [@ito-2019]", ["quoted"]),
        ("| a | b |\n|---|---|\n| c [@ito-2019] | d |\n| e | f |", ["c | d"]),
        ("| a [@ito-2019] | b |\n|---|---|\n| c | d |", ["a | b"]),
        ("a **bold [@ito-2019]** [link](https://x.example)", ["a bold link"]),
        ("The risk grows [@ito-2019]\nwith age.", ["The risk grows with age."]),
        ("It hurts [@ito-2019]:\n\n- here\n- there", ["It hurts:\n- here\n- there"]),
        ("It hurts [@ito-2019].\n\n- here", ["It hurts."]),
        ("It hurts:\n\n- here [@ito-2019]", ["here"]),
        ("No source.", []),
        ("[@ito-2019]", [""]),
    ],
)
def test_a_statement_is_the_smallest_block_that_cites(body: str, texts: list[str]) -> None:
    assert [text for text, _ in list_texts(summary=body)] == texts


def test_a_source_that_is_cited_twice_in_a_block_counts_once() -> None:
    body = "One [@ito-2019], two [@ear-board; @ito-2019]."

    assert list_texts(summary=body) == [("One, two.", ("ito-2019", "ear-board"))]


def test_sections_within_sections_have_their_own_statements() -> None:
    inner = {"id": "in", "aspect": "symptoms", "headline": "In", "body": "Deep [@ito-2019]."}
    outer = {
        "id": "out",
        "aspect": "symptoms",
        "headline": "Out",
        "body": "No.",
        "sections": [inner],
    }

    assert list_texts(sections=[outer]) == [("Deep.", ("ito-2019",))]


def test_a_red_flag_without_an_action_is_its_sign() -> None:
    flag = {"id": "a", "sign": "Smoke!", "urgency": "urgent", "references": ["ito-2019"]}

    assert list_texts(red_flags=[flag]) == [("Smoke!", ("ito-2019",))]
