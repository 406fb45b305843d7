"""What a draft refuses, and the one form that it brings text to."""

from typing import Any

import pytest
from pydantic import ValidationError

from conditions.aspect import Aspect
from conditions.draft import ConditionDraft, Section
from tests.conditions.examples import DRAFT, make_draft

SECTION = {"id": "one", "aspect": "overview", "headline": "One"}


def list_faults(**changes: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        make_draft(**changes)
    return str(refusal.value)


def test_it_takes_a_whole_page() -> None:
    draft = make_draft()

    assert draft.sections[0].aspect is Aspect.SYMPTOMS
    assert draft.sections[0].sections[0].id == "at-night"


def test_an_unfinished_page_needs_only_its_names_and_its_publisher() -> None:
    draft = ConditionDraft(slug="a", locale="en", title="A", name="A", publisher="p")

    assert draft.summary == ""
    assert draft.audience == "patient"


def test_it_comes_back_the_same_from_its_json() -> None:
    draft = make_draft()

    assert ConditionDraft.model_validate(draft.model_dump(mode="json")) == draft
    assert ConditionDraft.model_validate_json(draft.model_dump_json()) == draft


def test_it_cannot_be_changed() -> None:
    draft = make_draft()

    with pytest.raises(ValidationError, match="frozen"):
        draft.title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("member", ["title", "name", "slug", "locale", "publisher"])
def test_it_refuses_a_page_without(member: str) -> None:
    values = {name: value for name, value in DRAFT.items() if name != member}

    with pytest.raises(ValidationError, match=f"{member}\n  Field required"):
        ConditionDraft.model_validate(values)


def test_it_refuses_a_member_that_it_does_not_know() -> None:
    assert "titel\n  Extra inputs are not permitted" in list_faults(titel="A")


def test_it_refuses_an_empty_title() -> None:
    assert "title\n  Value error, must not be empty" in list_faults(title=" \u00a0 ")


def test_it_refuses_a_number_for_text() -> None:
    assert "title\n  Input should be a valid string" in list_faults(title=7)


@pytest.mark.parametrize("locale", ["en", "en-GB", "hi", "zh-Hant-TW", "es-419"])
def test_it_takes_the_locale(locale: str) -> None:
    assert make_draft(locale=locale).locale == locale


@pytest.mark.parametrize("locale", ["", "EN", "english", "en_GB", "en-gb", "en\n"])
def test_it_refuses_the_locale(locale: str) -> None:
    assert "locale\n" in list_faults(locale=locale)


@pytest.mark.parametrize("slug", ["", "Ear", "ear_glow", "-ear", "ear--glow", "ear\n", "x" * 81])
def test_it_refuses_the_slug(slug: str) -> None:
    assert "slug\n" in list_faults(slug=slug)


@pytest.mark.parametrize("months", [0, 61, "12", 1.5, True])
def test_it_refuses_the_review_interval(months: object) -> None:
    assert "review_interval_months\n" in list_faults(review_interval_months=months)


@pytest.mark.parametrize("risk_class", ["low", "", "High", 1])
def test_it_refuses_a_risk_class_that_there_is_not(risk_class: object) -> None:
    assert "risk_class\n" in list_faults(risk_class=risk_class)


def test_it_refuses_an_aspect_that_schema_org_does_not_have() -> None:
    assert "sections.0.aspect\n" in list_faults(sections=[SECTION | {"aspect": "gossip"}])


def test_it_refuses_a_part_id_used_twice_anywhere_on_the_page() -> None:
    faults = list_faults(sections=[SECTION | {"sections": [SECTION | {"id": "smoke"}]}])

    assert "used twice: smoke" in faults


def test_it_refuses_a_part_id_that_is_the_anchor_of_a_reference() -> None:
    assert "anchors of the reference list" in list_faults(sections=[SECTION | {"id": "ref-4"}])


def test_it_refuses_sections_nested_deeper_than_html_has_headings() -> None:
    section: dict[str, Any] = SECTION | {"id": "s5"}
    for depth in range(4, 0, -1):
        section = SECTION | {"id": f"s{depth}", "sections": [section]}

    assert "nested 4 deep, not 5" in list_faults(sections=[section])


def test_it_refuses_the_same_related_page_twice() -> None:
    assert "listed once only: ear-hum" in list_faults(related=["ear-hum", "ear-hum"])


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\ufffe"])
def test_it_refuses_characters_that_cannot_be_published(character: str) -> None:
    faults = list_faults(summary=f"one {character} two")

    assert f"character U+{ord(character):04X} at position 5 cannot be published" in faults


def test_it_refuses_a_title_on_two_lines() -> None:
    assert "must be a single line" in list_faults(title="one\ntwo")


def test_it_refuses_a_line_that_is_too_long() -> None:
    assert "is 1001 characters long; 1000 are allowed" in list_faults(title="x" * 1_001)


def test_it_settles_line_ends_and_stray_spaces() -> None:
    section = Section(
        id="one", aspect=Aspect.OVERVIEW, headline=" One ", body="\r\na  \r\nb\t\rc\u2028d\n\n"
    )

    assert section.headline == "One"
    assert section.body == "a\nb\nc\nd"


def test_it_keeps_the_characters_as_they_were_written() -> None:
    text = "e\u0301 \u00e9 \u202bשלום\u202c 😀 a\tb"

    assert make_draft(summary=text).summary == text


def test_a_slug_that_the_api_uses_itself_is_refused() -> None:
    with pytest.raises(ValidationError, match="choose another slug, such as 'export-page'"):
        make_draft(slug="export")

    assert make_draft(slug="exports").slug == "exports"
