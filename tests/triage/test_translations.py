"""Protocols in other languages: other words, the same answers."""

import copy
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Content, SourceEdition
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.problem import Refused
from tests.triage.conftest import Press
from tests.triage.examples import DRAFT, change_part, drop_part, make_content, make_draft
from triage.compilation import compile_definition
from triage.content import draft_of_content
from triage.core.facts import Facts, Presence
from triage.core.shortcut import decide_urgency
from triage.translation_checks import check_translation

PIN: dict[str, Any] = {"locale": "en", "edition": 1}
EVALUATE = "/api/v1/triage/protocols/tooth-hum/evaluate"


def translate(**changes: Any) -> dict[str, Any]:
    """The draft of a translation; its words are marked and its cases are left out."""
    draft = copy.deepcopy(DRAFT | changes)
    draft |= {"locale": "hi", "translation_of": PIN, "case_sets": [], "title": "अनुवाद"}
    for finding in draft["findings"]:
        finding["question"] = f"(hi) {finding['question']}"
        finding["synonyms"] = []
    for rule in draft["rules"]:
        rule["title"] = f"(hi) {rule['title']}"
    return draft


def check(source: Content | None = None, **changes: Any) -> list[tuple[str, str]]:
    """The codes and pointers of what stands against the translation, of the example unless said."""
    edition = SourceEdition(source or make_content(), is_withdrawn=False, is_recalled=False)
    found = check_translation(make_content(**translate() | changes), get_source=lambda *_: edition)
    return [(problem.code, problem.pointer) for problem in found]


def change_translated(member: str, place: int | str, **changes: Any) -> dict[str, Any]:
    """The change that replaces members of one part of the translation."""
    changed = change_part(member, place, **changes)
    return {member: translate(**changed)[member]}


def test_a_protocol_that_was_written_first_keeps_the_digest_that_it_had() -> None:
    content = make_content()

    assert "translation_of" not in content
    assert draft_of_content(content) == make_draft()


def test_what_is_signed_names_the_edition_that_it_translates() -> None:
    first, second = (
        make_content(**translate() | {"translation_of": PIN | {"edition": number}})
        for number in (1, 2)
    )

    assert digest_of(first) != digest_of(second)
    assert draft_of_content(first).translation_of is not None


def test_it_is_no_translation_from_its_own_language() -> None:
    with pytest.raises(ValidationError, match="cannot be a translation from hi"):
        make_draft(**translate() | {"translation_of": {"locale": "hi", "edition": 1}})


def test_other_words_are_what_a_translation_is() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (change_translated("rules", 0, when="glow"), ("logic_differs_in_translation", "/rules/0")),
        (
            change_translated("rules", 0, urgency="routine"),
            ("logic_differs_in_translation", "/rules/0"),
        ),
        (
            change_translated("rules", 0, suspects=[]),
            ("logic_differs_in_translation", "/rules/0"),
        ),
        (
            change_translated("findings", "smoke", red_flag=False),
            ("logic_differs_in_translation", "/findings/1"),
        ),
        (
            change_translated("findings", "hum", wordings=[]),
            ("logic_differs_in_translation", "/findings/0"),
        ),
        (
            change_translated("scores", 0, cut_offs=[{"points": 9, "label": "x"}]),
            ("logic_differs_in_translation", "/scores/0"),
        ),
        (
            change_translated("regions", "GB", calls=[{"urgency": "urgent", "call": "111"}]),
            ("logic_differs_in_translation", "/regions/1"),
        ),
        ({"gates": ["smoke"]}, ("logic_differs_in_translation", "/gates")),
        ({"conflicts": []}, ("logic_differs_in_translation", "/conflicts")),
        (drop_part("rules", "smoke_seen"), ("part_missing_in_translation", "/rules")),
        (
            {"case_sets": [{"id": "own", "title": "Own", "must_pass": False}]},
            ("cases_in_translation", "/case_sets"),
        ),
    ],
)
def test_it_refuses_another_logic(changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in check(**changes)


def test_it_refuses_what_the_source_does_not_have() -> None:
    problems = check(make_content(**drop_part("rules", "smoke_seen")))

    assert problems == [("part_not_in_source", "/rules/0")]


def test_a_rule_suspects_a_cause_by_the_name_that_it_has_here() -> None:
    cause = DRAFT["causes"][0]
    source = make_content(**change_part("rules", 0, suspects=[cause["name"]]))
    changed = {
        **change_translated("rules", 0, suspects=["आग"]),
        **change_translated("causes", 0, name="आग लगना"),
    }

    assert check(source, **changed)[0] == ("suspect_without_cause", "/rules/0/suspects/0")


def test_it_refuses_an_edition_that_is_not_there() -> None:
    [problem] = check_translation(make_content(**translate()), get_source=lambda *_: None)

    assert problem.code == "source_not_published"


def test_the_same_answers_get_the_same_urgency() -> None:
    source, translated = (
        compile_definition(content) for content in (make_content(), make_content(**translate()))
    )

    for finding in source.findings:
        facts = Facts({finding.id: Presence.PRESENT})
        assert decide_urgency(source, facts) is decide_urgency(translated, facts)


@pytest.fixture
def translated(press: Press, published: Edition) -> Document:
    """A translation of the first edition, live."""
    document = press.save_protocol(**translate())
    press.publish(document)
    return document


def ask(client: Client, **body: Any) -> Any:
    return client.post(EVALUATE, body, content_type="application/json").json()


def test_readers_are_answered_in_their_language(client: Client, translated: Document) -> None:
    answer = ask(client, locale="hi", findings={"smoke": "present"})

    assert answer["disposition"]["urgency"] == "emergency"
    assert answer["matched"][0]["title"] == "(hi) Title of smoke_seen"
    assert answer["matched"][0]["red_flag"]["url"] == (
        "/api/v1/conditions/tooth-hum?locale=en&format=html#smoke"
    )


def test_it_says_what_it_translates_and_that_nobody_reviewed_it(
    client: Client, translated: Document
) -> None:
    edition = client.get("/api/v1/triage/protocols/tooth-hum?locale=hi").json()

    translation = edition["translation"]
    assert (translation["of"]["locale"], translation["of"]["edition"]) == ("en", 1)
    assert not translation["is_reviewed"]


def test_it_is_marked_once_its_source_moves_on(
    client: Client, press: Press, translated: Document
) -> None:
    press.publish_protocol(title="Another title")

    response = client.get("/api/v1/triage/protocols/tooth-hum?locale=hi")

    assert response.json()["translation"]["stale"]
    assert response["Content-Translation"] == 'source="en/1", stale'


def test_a_change_of_logic_is_not_published(press: Press, published: Edition) -> None:
    document = press.save_protocol(**translate() | {"gates": ["smoke"]})

    with pytest.raises(Refused) as refused:
        press.publish(document)

    assert "logic_differs_in_translation" in {problem.code for problem in refused.value.problems}
