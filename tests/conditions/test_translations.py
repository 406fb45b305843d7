"""Pages in other languages: what they are pinned to, what they may not lose, how they say so."""

import re
import string
from dataclasses import fields
from typing import Any

import pytest
from pydantic import ValidationError

from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import SourceEdition
from calfcms.publishing.policy import Role
from calfcms.urgency import Urgency
from conditions.content import Content
from conditions.document import describe, draft_of_content
from conditions.models.condition import ROLES
from conditions.renditions import mark_stale
from conditions.renditions.html import render_html
from conditions.renditions.jsonld import render_jsonld
from conditions.renditions.labels import LABELS, get_labels
from conditions.renditions.markdown import render_markdown
from conditions.translation_checks import check_translation
from tests.conditions.examples import DRAFT, TITLES, make_content, make_draft, make_edition

PIN: dict[str, Any] = {"locale": "en", "edition": 3}
TRANSLATION: dict[str, Any] = {"locale": "hi", "translation_of": PIN}
FLAGS = DRAFT["red_flags"]


def make_source(**changes: Any) -> SourceEdition:
    return SourceEdition(make_content(**changes), is_withdrawn=False, is_recalled=False)


def check(
    content: Content, source: SourceEdition | None = None, *others: Content
) -> list[tuple[str, str]]:
    """The codes and pointers of what stands against a page."""
    found = check_translation(content, get_source=lambda *_: source, others=others)
    return [(problem.code, problem.pointer) for problem in found]


def translate(**changes: Any) -> Content:
    return make_content(**TRANSLATION, **changes)


def describe_translation(**changes: Any) -> Any:
    source = changes.pop("source", make_content())
    return describe(translate(**changes), title_of=TITLES.get, source=source)["translation"]


def make_translated_edition(**changes: Any) -> dict[str, Any]:
    content = translate(**changes)
    return make_edition(content) | {"translation": describe_translation(**changes)}


def test_a_page_that_was_written_first_keeps_the_digest_that_it_had() -> None:
    content = make_content()

    assert "translation_of" not in content
    assert draft_of_content(content) == make_draft()


def test_what_it_translates_is_part_of_what_is_signed() -> None:
    digests = {
        digest_of(translate()),
        digest_of(make_content(locale="hi", translation_of=PIN | {"edition": 4})),
        digest_of(make_content(locale="hi", translation_of=PIN | {"reviewed": True})),
        digest_of(make_content(locale="hi")),
    }

    assert len(digests) == 4


def test_content_gives_back_the_draft_without_the_digest_of_the_source() -> None:
    content = translate()
    content["translation_of"]["digest"] = "sha256:" + "2" * 64

    assert draft_of_content(content) == make_draft(**TRANSLATION)


@pytest.mark.parametrize(
    "pin",
    [PIN | {"locale": "hi"}, PIN | {"edition": 0}, {"locale": "en"}, PIN | {"digest": "x"}],
)
def test_it_refuses_a_pin_that_cannot_be(pin: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_draft(locale="hi", translation_of=pin)


def test_a_translator_may_be_named() -> None:
    people = [{"role": "translator", "name": "Tara Translator"}]

    assert make_draft(contributors=people).contributors[0].role == "translator"


def test_a_translation_with_the_same_red_flags_may_be_published() -> None:
    assert check(translate(), make_source()) == []


def test_sections_questions_and_causes_may_be_left_out() -> None:
    bare = translate(sections=[], faqs=[], causes=[], figures=[], related=[])

    assert check(bare, make_source()) == []


@pytest.mark.parametrize("lost", [0, 1])
def test_it_may_not_lose_a_red_flag(lost: int) -> None:
    kept = [flag for position, flag in enumerate(FLAGS) if position != lost]

    assert check(translate(red_flags=kept), make_source()) == [
        ("red_flag_missing_in_translation", "/red_flags")
    ]


@pytest.mark.parametrize("urgency", ["urgent", "routine", "self_care"])
def test_it_may_not_make_a_red_flag_less_urgent(urgency: str) -> None:
    flags = [FLAGS[0] | {"urgency": urgency}, FLAGS[1]]

    assert check(translate(red_flags=flags), make_source()) == [
        ("red_flag_weaker_in_translation", "/red_flags/0/urgency")
    ]


def test_nor_more_urgent_which_is_for_the_source_to_say() -> None:
    flags = [FLAGS[0], FLAGS[1] | {"urgency": "emergency"}]

    assert check(translate(red_flags=flags), make_source()) == [
        ("red_flag_differs_in_translation", "/red_flags/1/urgency")
    ]


def test_nor_have_a_red_flag_that_the_source_has_not() -> None:
    flags = [*FLAGS, FLAGS[0] | {"id": "sparks"}]

    assert check(translate(red_flags=flags), make_source()) == [
        ("red_flag_not_in_source", "/red_flags/2/id")
    ]


def test_a_red_flag_under_another_anchor_is_one_lost_and_one_too_many() -> None:
    flags = [FLAGS[0] | {"id": "dhuan"}, FLAGS[1]]

    assert {code for code, _ in check(translate(red_flags=flags), make_source())} == {
        "red_flag_missing_in_translation",
        "red_flag_not_in_source",
    }


def test_the_order_of_red_flags_is_its_own() -> None:
    assert check(translate(red_flags=FLAGS[::-1]), make_source()) == []


def test_a_cause_may_not_become_less_urgent() -> None:
    causes = [DRAFT["causes"][0] | {"urgency": "self_care"}]

    assert check(translate(causes=causes), make_source()) == [
        ("cause_weaker_in_translation", "/causes/0/urgency")
    ]


def test_there_must_be_such_an_edition() -> None:
    assert check(translate(), None) == [("source_not_published", "/translation_of/edition")]


def test_a_withdrawn_source_is_not_translated() -> None:
    source = SourceEdition(make_content(), is_withdrawn=True, is_recalled=False)

    assert check(translate(), source) == [("source_withdrawn", "/translation_of/edition")]


def test_nor_a_recalled_one_even_where_another_is_live() -> None:
    source = SourceEdition(make_content(), is_withdrawn=False, is_recalled=True)

    assert check(translate(), source) == [("source_recalled", "/translation_of/edition")]


def test_nor_a_translation() -> None:
    source = make_source(locale="es", translation_of=PIN)

    assert check(translate(), source) == [("source_is_translation", "/translation_of/edition")]


def test_a_page_that_says_it_is_no_translation_is_held_to_its_siblings_red_flags() -> None:
    fewer = make_content(locale="hi", red_flags=FLAGS[:1])
    weaker = make_content(locale="hi", red_flags=[FLAGS[0] | {"urgency": "urgent"}, FLAGS[1]])
    more = make_content(locale="hi", red_flags=[*FLAGS, FLAGS[0] | {"id": "sparks"}])

    assert check(fewer, None, make_content()) == [("red_flag_missing_in_translation", "/red_flags")]
    assert check(weaker, None, make_content()) == [
        ("red_flag_weaker_in_translation", "/red_flags/0/urgency")
    ]
    assert check(more, None, make_content()) == []


def test_its_own_translations_hold_a_page_to_nothing() -> None:
    page = make_content(red_flags=FLAGS[:1])

    assert check(page, None, translate()) == []


def test_the_message_says_what_the_source_warns_of() -> None:
    content = translate(red_flags=FLAGS[1:])

    [problem] = check_translation(content, get_source=lambda *_: make_source(), others=())

    assert "“Smoke from the ear” (`smoke`, emergency)" in problem.message
    assert "smoke" in problem.hint


def test_a_page_that_was_written_first_has_no_translation_to_tell_of() -> None:
    assert make_edition(make_content())["translation"] is None


def test_it_names_the_very_edition() -> None:
    content = translate()
    content["translation_of"]["digest"] = "sha256:" + "2" * 64

    described = describe(content, title_of=TITLES.get, source=make_content())["translation"]

    assert described["of"] == {
        "locale": "en",
        "edition": 3,
        "digest": "sha256:" + "2" * 64,
        "url": "/api/v1/conditions/ear-glow/editions/3?locale=en",
    }


def test_it_says_whether_all_of_the_source_is_there() -> None:
    assert describe_translation()["is_complete"] is True
    assert describe_translation(faqs=[])["is_complete"] is False
    assert describe_translation(sections=DRAFT["sections"][1:])["is_complete"] is False
    assert describe_translation(source=None)["is_complete"] is False


def test_a_section_for_one_partner_is_not_missed() -> None:
    assert describe_translation(sections=DRAFT["sections"][:1])["is_complete"] is True


def test_the_note_is_in_the_language_of_the_page() -> None:
    note = describe_translation(faqs=[])["note"]

    labels = get_labels("hi")
    assert note == " ".join(
        [
            labels.translated.format(language="अंग्रेज़ी", edition=3),
            labels.translated_in_part,
            labels.translation_unreviewed,
        ]
    )


def test_once_a_translator_reviewed_it_nothing_more_is_asked_for() -> None:
    content = make_content(locale="hi", translation_of=PIN | {"reviewed": True})
    described = describe(content, title_of=TITLES.get, source=make_content())["translation"]

    assert described["is_reviewed"] is True
    assert get_labels("hi").translation_unreviewed not in described["note"]


def test_pages_say_it_before_anything_else_with_the_way_to_the_source() -> None:
    edition = make_translated_edition()
    note = edition["translation"]["note"]

    html = render_html(edition).decode()
    markdown = render_markdown(edition, translate()).decode()

    assert html.startswith('<article class="condition" lang="hi"')
    assert html.index(note) < html.index("page--red-flags")
    address = "/api/v1/conditions/ear-glow/editions/3?locale=en&amp;format="
    assert f'<a href="{address}html" hreflang="en">मूल पेज पढ़ें</a>' in html
    assert f"[मूल पेज पढ़ें]({address}md)" in markdown
    assert note in markdown


def test_links_from_a_translation_stay_in_its_language() -> None:
    edition = make_translated_edition()

    pages = [render_html(edition).decode(), render_markdown(edition, translate()).decode()]

    for page in pages:
        assert "/api/v1/conditions/ear-hum?locale=hi&amp;format=html" in page
        assert "/api/v1/conditions/ear-hum?format=html" not in page


def test_json_ld_names_the_work_that_it_translates() -> None:
    graph = render_jsonld(make_translated_edition()).decode()

    assert (
        '"translationOfWork":{"@type":"MedicalWebPage",'
        '"url":"/api/v1/conditions/ear-glow/editions/3?locale=en",'
        '"inLanguage":"en","version":3}'
    ) in graph
    assert '"inLanguage":"hi"' in graph
    assert "translationOfWork" not in render_jsonld(make_edition(make_content())).decode()


@pytest.mark.parametrize("is_withdrawn", [True, False])
@pytest.mark.parametrize("locale", sorted(LABELS))
def test_a_stale_page_says_so_right_after_its_title(locale: str, is_withdrawn: bool) -> None:
    html = render_html(make_edition(make_content())).decode()

    marked = mark_stale("html", html.encode(), locale=locale, is_withdrawn=is_withdrawn)

    sentence = get_labels(locale).say_stale(is_withdrawn=is_withdrawn)
    assert f'</h1>\n<p class="stale"><strong>{sentence}</strong></p>\n' in marked.decode()
    assert len(marked.decode().splitlines()) == len(html.splitlines()) + 1


ENGLISH = LABELS["en"]
NAMES = [field.name for field in fields(ENGLISH)]
OTHERS = sorted(set(LABELS) - {"en"})
"""The languages that must not fall back to English."""


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "date"])
def test_every_word_is_translated(locale: str, name: str) -> None:
    own, english = getattr(LABELS[locale], name), getattr(ENGLISH, name)

    for word, other in zip(_list_words(own), _list_words(english), strict=True):
        assert word.strip()
        assert word != other


@pytest.mark.parametrize("locale", OTHERS)
def test_sentences_are_filled_with_the_same_facts(locale: str) -> None:
    for name in NAMES:
        own, english = getattr(LABELS[locale], name), getattr(ENGLISH, name)
        if isinstance(own, str):
            assert _list_gaps(own) == _list_gaps(english), name


@pytest.mark.parametrize("locale", OTHERS)
def test_there_is_a_name_for_every_role_and_language(locale: str) -> None:
    labels = LABELS[locale]

    assert set(labels.contributor_roles) == set(ROLES)
    assert set(labels.sign_off_roles) == set(Role)
    assert set(labels.languages) == set(LABELS)
    assert len(labels.months) == 12
    assert len({labels.say_urgency(urgency.value) for urgency in Urgency}) == 4


@pytest.mark.parametrize("locale", OTHERS)
def test_no_english_label_is_left_on_a_page(locale: str) -> None:
    content = make_content(locale=locale, translation_of=PIN)
    described = describe(content, title_of=TITLES.get, source=make_content())
    edition = make_edition(content) | {"translation": described["translation"]}
    edition["review"]["unsigned"] = {"reason": "X", "until": "2026-11-22T09:30:00Z"}

    page = render_html(edition).decode() + render_markdown(edition, content).decode()
    page += render_jsonld(edition).decode()

    left = [
        word
        for name in NAMES
        if name not in ("months", "date", "sign_off_roles", "languages", "home")
        for word in _list_words(getattr(ENGLISH, name))
        if "{" not in word and re.search(rf">{re.escape(word)}\b", page)
    ]
    assert left == []
    assert 'aria-label="Reference' not in page
    assert "November" not in page


def _list_words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [value[key] for key in sorted(value)] if hasattr(value, "keys") else list(value)


def _list_gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("locale", "opening"),
    [
        ("hi", '<article class="condition" lang="hi" data-slug'),
        ("ur", '<article class="condition" lang="ur" dir="rtl" data-slug'),
        ("pa-Arab-PK", '<article class="condition" lang="pa-Arab-PK" dir="rtl" data-slug'),
        ("az-Latn", '<article class="condition" lang="az-Latn" data-slug'),
    ],
)
def test_a_page_is_written_in_the_direction_of_its_script(locale: str, opening: str) -> None:
    assert render_html(make_edition(make_content(locale=locale))).decode().startswith(opening)


def test_a_language_without_a_name_here_goes_by_its_tag() -> None:
    translated = get_labels("hi").say_language

    assert (translated("en-GB"), translated("fr")) == ("अंग्रेज़ी", "fr")


def test_days_are_written_as_the_language_writes_them() -> None:
    said = {locale: labels.say_date("2026-07-05") for locale, labels in LABELS.items()}

    assert said == {"en": "5 July 2026", "es": "5 de julio de 2026", "hi": "5 जुलाई 2026"}
