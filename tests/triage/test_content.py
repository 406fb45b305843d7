"""From a draft to what reviewers sign and to the edition's JSON, and back."""

from typing import Any

from calfcms.publishing.digest import digest_of
from tests.triage.examples import (
    CASES,
    PUBLISHER,
    REFERENCES,
    make_case_set,
    make_content,
    make_draft,
)
from triage.content import ANSWERING, describe, draft_of_content, list_references, to_content
from triage.definition import ProtocolDraft


def test_content_writes_the_publisher_and_the_references_out() -> None:
    content = make_content()

    assert content["kind"] == "protocol"
    assert content["publisher"]["name"] == "Demo Library"
    assert [reference["key"] for reference in content["references"]] == ["ito-2019", "tooth-board"]
    assert content["rules"][0]["effective_from"] == "2026-11-20"


def test_content_gives_back_the_draft() -> None:
    assert draft_of_content(make_content()) == make_draft()


def test_content_from_before_there_were_risk_classes_and_cases_gives_its_draft() -> None:
    content = make_content()
    del content["risk_class"], content["case_sets"]

    assert draft_of_content(content) == make_draft()


def test_cases_are_signed_and_not_shown_to_readers() -> None:
    content = make_content(**make_case_set(*CASES.values()))

    assert digest_of(content) != digest_of(make_content())
    assert describe(content) == describe(make_content())


def test_a_key_without_a_reference_is_left_to_the_checks() -> None:
    content = to_content(make_draft(), references={}, publisher=PUBLISHER)

    assert content["references"] == []
    assert content["rules"][0]["references"] == ["ito-2019", "tooth-board"]


def test_drafts_that_say_the_same_have_the_same_digest() -> None:
    bare = {"slug": "a", "locale": "en", "title": "A", "publisher": "demo-library"}
    drafts = [
        ProtocolDraft.model_validate(values)
        for values in (bare, {"summary": "\n", "gates": [], **bare, "title": " A "})
    ]

    digests = {
        digest_of(to_content(draft, references=REFERENCES, publisher=PUBLISHER)) for draft in drafts
    }

    assert len(digests) == 1


def test_the_edition_holds_what_answers_depend_on_as_it_was_signed() -> None:
    content = make_content()

    described = describe(content)

    assert {name: described[name] for name in ANSWERING} == {
        name: content[name] for name in ANSWERING
    }


def test_the_edition_shows_texts_without_marks() -> None:
    described = describe(make_content())

    assert described["summary"] == {
        "html": "<p>For people whose teeth hum.</p>\n<p>It is <strong>no</strong> diagnosis.</p>",
        "text": "For people whose teeth hum.\n\nIt is no diagnosis.",
    }
    assert described["disclaimer"] == "This is information, not a diagnosis."


def test_a_link_in_the_summary_leads_to_the_page() -> None:
    described = describe(make_content(summary="See [humming](condition:tooth-hum#smoke)."))

    assert 'href="/api/v1/conditions/tooth-hum?format=html#smoke"' in described["summary"]["html"]


def test_references_are_shown_with_their_citation_and_address() -> None:
    dumped: list[dict[str, Any]] = [
        reference.model_dump(mode="json") for reference in REFERENCES.values()
    ]

    assert list_references(dumped) == [
        {
            "id": "ito-2019",
            "citation": "Ito HM. Teeth that hum. J Imaginary Med. 2019 May.",
            "doi": "10.1234/jim.2019.45",
            "url": "https://doi.org/10.1234/jim.2019.45",
            "checked_on": "2026-11-20",
        },
        {
            "id": "tooth-board",
            "citation": "Tooth Board. Humming teeth [Internet].",
            "doi": None,
            "url": "https://teeth.example/hum",
            "checked_on": None,
        },
    ]


def test_a_doi_with_odd_characters_is_escaped_in_its_address() -> None:
    csl = {"type": "book", "title": "A", "DOI": "10.1234/a<b>#c"}

    [shown] = list_references([{"key": "a", "csl": csl, "checked_on": None}])

    assert shown["url"] == "https://doi.org/10.1234/a%3Cb%3E%23c"


def test_a_reference_that_is_only_printed_has_no_address() -> None:
    csl = {"type": "book", "title": "Teeth"}

    [shown] = list_references([{"key": "teeth", "csl": csl, "checked_on": None}])

    assert (shown["doi"], shown["url"]) == (None, None)
