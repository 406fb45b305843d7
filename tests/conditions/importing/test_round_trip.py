"""Our own JSON-LD comes back as a draft that says nearly the same; docs/importing.md says what not.

Text that looks like HTML is read as HTML, so the page of any words has no `<` and no `&` here.
"""

import json
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from conditions.document import to_content
from conditions.draft import ConditionDraft, walk_sections
from conditions.importing.notes import About
from conditions.importing.page import ImportedPage, Wishes, import_value
from conditions.markdown import to_text
from conditions.renditions.jsonld import render_jsonld
from tests.conditions.examples import (
    PUBLISHER,
    REFERENCES,
    TOPICS,
    make_content,
    make_draft,
    make_edition,
)
from tests.conditions.strategies import drafts


def send_round(content: dict[str, Any]) -> ImportedPage:
    sent = json.loads(render_jsonld(make_edition(content)))
    wishes = Wishes(slug=content["slug"], publishers=[PUBLISHER], topics=list(TOPICS.values()))
    return import_value(sent, wishes)


def list_sections(draft: ConditionDraft) -> list[dict[str, Any]]:
    """The sections that everybody gets, their texts as they are heard."""

    def describe(sections: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": one.id,
                "aspect": one.aspect,
                "headline": one.headline,
                "text": to_text(one.body),
                "sections": describe(one.sections),
            }
            for one in sections
            if one.partner is None
        ]

    return describe(sections=draft.sections)


def test_a_published_page_comes_back_with_all_that_json_ld_can_say() -> None:
    before, after = make_draft(), send_round(make_content()).draft

    same = ("slug", "locale", "title", "name", "alternate_names", "codes", "audience", "topics")
    for name in (*same, "publisher", "license", "attribution", "contributors"):
        assert getattr(after, name) == getattr(before, name), name
    assert to_text(after.summary) == to_text(before.summary)
    assert list_sections(after) == list_sections(before)
    assert [(f.id, f.question, to_text(f.answer)) for f in after.faqs] == [
        (f.id, f.question, to_text(f.answer)) for f in before.faqs
    ]


def test_what_does_not_come_back_is_what_the_docs_say() -> None:
    after = send_round(make_content()).draft

    lost = {
        name
        for name in ConditionDraft.model_fields
        if getattr(make_draft(), name) and not getattr(after, name)
    }
    assert lost == {
        "red_flags",
        "causes",
        "figures",
        "related",
        "disclaimer",
        "review_interval_months",
    }


def test_its_sign_offs_come_back_as_claims_only() -> None:
    claims = [note.value for note in send_round(make_content()).notes if note.about == About.CLAIM]

    assert claims == ["Rex Reviewer (fictional)", "2026-11-21", "2026-11-21T12:00:00Z", "3"]


def test_its_sources_come_back_as_notes() -> None:
    notes = [note for note in send_round(make_content()).notes if note.about == About.CITATION]

    assert [note.value for note in notes] == [
        "Glowing ears https://ears.example/glow?a=1&b=2",
        "Glow in the ear https://doi.org/10.1234/jim.2019.45",
    ]


def list_letters(texts: list[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in text if letter.isalpha())


def list_texts(value: Any) -> list[str]:
    """The texts in JSON-LD that a page is made of."""
    if isinstance(value, list):
        return [text for one in value for text in list_texts(one)]
    if not isinstance(value, dict):
        return []
    own = [text for name, text in value.items() if name in ("text", "description")]
    inner = [one for one in value.values() if not isinstance(one, str)]
    return [*own, *(text for one in inner for text in list_texts(one))]


def list_bodies(draft: ConditionDraft) -> list[str]:
    sections = [section.body for _, section in walk_sections(draft.sections)]
    return [draft.summary, *sections, *(faq.answer for faq in draft.faqs)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts)
def test_the_words_of_any_page_come_back(draft: ConditionDraft) -> None:
    content = to_content(draft, references=REFERENCES, publisher=PUBLISHER, topics=TOPICS)
    written = render_jsonld(make_edition(content | {"figures": []})).decode()
    sent = json.loads(written.replace("\\u003c", " ").replace("\\u0026", " "))

    after = import_value(sent, Wishes(slug="ear-glow", publishers=[PUBLISHER])).draft

    heard = [to_text(body) for body in list_bodies(after)]
    assert list_letters(heard) == list_letters(list_texts(sent))
