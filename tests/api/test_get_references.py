"""`GET /api/v1/references`: which published statements rest on which source."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Rendition
from conditions.actions.save_reference import save_reference
from conditions.draft import ReferenceDraft
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/references"
DOI = "10.1234/JIM.2019(5).45"
SOURCES: dict[str, dict[str, Any]] = {
    "ito-2019": {"title": "Glow in the ear", "DOI": DOI, "PMID": "31018962"},
    "ear-board": {"title": "Glowing ears", "URL": "https://ears.example/glow"},
}


@pytest.fixture(autouse=True)
def _sources(editor: User) -> None:
    for key, csl in SOURCES.items():
        draft = {"key": key, "csl": {"type": "article-journal", **csl}}
        save_reference(reference=ReferenceDraft.model_validate(draft), by=editor, at=NOON)


CITING: dict[str, Any] = {
    "summary": "Most ears stop glowing [@ear-board]. Nobody knows why.",
    "sections": [
        {
            "id": "signs",
            "aspect": "symptoms",
            "headline": "Signs",
            "body": "A **soft** light [@ito-2019; @ear-board].\n\nIt comes at night.",
        }
    ],
    "causes": [
        {"id": "hum", "name": "Hum", "urgency": "routine", "body": "- Warmth [@ito-2019]\n- Cold"}
    ],
    "red_flags": [
        {
            "id": "smoke",
            "sign": "Smoke",
            "urgency": "emergency",
            "action": "Call an ambulance.",
            "references": ["ito-2019"],
        }
    ],
    "faqs": [{"id": "catching", "question": "Is it catching?", "answer": "No [@ear-board]."}],
}


def ask(client: Client, **query: str) -> Any:
    response = client.get(f"{URL}?{urlencode(query)}")
    assert response.status_code == 200, response.content
    return response.json()["items"]


def list_statements(item: Any, key: str) -> list[tuple[str, str | None, str]]:
    [reference] = [one for one in item["references"] if one["id"] == key]
    return [(one["kind"], one["id"], one["text"]) for one in reference["statements"]]


def test_it_says_for_each_source_which_statements_rest_on_it(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(**CITING)

    [item] = ask(client)

    assert list_statements(item, "ito-2019") == [
        ("section", "signs", "A soft light."),
        ("cause", "hum", "Warmth"),
        ("red_flag", "smoke", "Smoke. Call an ambulance."),
    ]
    assert list_statements(item, "ear-board") == [
        ("summary", None, "Most ears stop glowing. Nobody knows why."),
        ("section", "signs", "A soft light."),
        ("faq", "catching", "No."),
    ]


def test_it_says_what_the_source_is_and_what_the_parts_are_called(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(**CITING)

    [item] = ask(client, key="ito-2019")
    [reference] = item["references"]

    assert reference["doi"] == DOI
    assert reference["pmid"] == "31018962"
    assert reference["number"] == 2
    assert reference["citation"].startswith("Glow in the ear.")
    assert [one["title"] for one in reference["statements"]] == ["Signs", "Hum", "Smoke"]


def test_it_says_what_no_answer_goes_without(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page(**CITING)

    [item] = ask(client, key="ear-board")

    assert [flag["id"] for flag in item["red_flags"]] == ["smoke"]
    assert item["disclaimer"] == "This is information, not a diagnosis."
    assert item["review"]["next_review_due"] == "2027-11-21"
    assert (item["edition"], item["digest"], item["locale"]) == (1, edition.digest, "en")
    assert client.get(item["url"]).json()["digest"] == edition.digest


@pytest.mark.parametrize(
    "given",
    [
        DOI,
        DOI.lower(),
        f"doi:{DOI}",
        f"DOI: {DOI}",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI.lower()}",
        "https://doi.org/10.1234/JIM.2019%285%29.45",
    ],
)
def test_a_doi_is_found_however_it_is_written(
    client: Client, publish_page: PublishPage, given: str
) -> None:
    publish_page(**CITING)
    publish_page(slug="ear-hum", minutes=1)

    [item] = ask(client, doi=given)

    assert item["slug"] == "ear-glow"
    assert [reference["id"] for reference in item["references"]] == ["ito-2019"]


@pytest.mark.parametrize("given", ["31018962", "PMID: 31018962", "pmid31018962"])
def test_a_pmid_is_found_however_it_is_written(
    client: Client, publish_page: PublishPage, given: str
) -> None:
    publish_page(**CITING)

    [item] = ask(client, pmid=given)

    assert [reference["id"] for reference in item["references"]] == ["ito-2019"]


def test_a_source_that_nothing_rests_on_finds_nothing(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(**CITING)

    assert ask(client, doi="10.1234/other") == []
    assert ask(client, pmid="1") == []
    assert ask(client, key="jones-2001") == []


def test_without_a_source_all_are_listed_as_they_were_stored(
    client: Client, publish_page: PublishPage
) -> None:
    edition = publish_page(**CITING)

    response = client.get(URL)

    stored = bytes(Rendition.objects.get(edition=edition, format="citations").body)
    assert response.content == b'{"items":[' + stored + b'],"next":null}'


def test_what_is_for_one_partner_only_is_not_shown(
    client: Client, publish_page: PublishPage
) -> None:
    own = {"id": "ours", "aspect": "getting_access", "headline": "Ours", "partner": "glow-clinic"}
    publish_page(**CITING | {"sections": [{**own, "body": "Our secret [@ito-2019]."}]})

    [item] = ask(client, key="ito-2019")

    assert "secret" not in json.dumps(item)
    assert [one[0] for one in list_statements(item, "ito-2019")] == ["cause", "red_flag"]


def test_a_source_that_only_a_partner_section_cites_finds_nothing(
    client: Client, publish_page: PublishPage
) -> None:
    own = {"id": "ours", "aspect": "getting_access", "headline": "Ours", "partner": "glow-clinic"}
    publish_page(sections=[{**own, "body": "Our secret [@ito-2019]."}])

    assert ask(client, key="ito-2019") == []
    assert ask(client, doi=DOI) == []


def test_the_live_edition_decides(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page(**CITING)
    publish_page(minutes=10)
    publish_page(slug="ear-hum", minutes=20, **CITING)
    withdraw_page("ear-hum", minutes=30)

    assert ask(client, doi=DOI) == []


def test_as_of_says_what_rested_on_it_then(client: Client, publish_page: PublishPage) -> None:
    publish_page(**CITING)
    publish_page(minutes=10)

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        [item] = ask(client, doi=DOI, as_of="2026-11-21T12:05:00Z")

    assert (item["slug"], item["edition"]) == ("ear-glow", 1)


def test_next_keeps_the_source_and_the_locale(client: Client, publish_page: PublishPage) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number, **CITING)

    seen, url = [], f"{URL}?limit=1&locale=en&doi={DOI}"
    while url:
        page = client.get(url).json()
        seen += [(item["slug"], len(item["references"])) for item in page["items"]]
        url = page["next"]

    assert seen == [("page-2", 1), ("page-1", 1), ("page-0", 1)]


def test_it_can_be_narrowed_to_a_locale(client: Client, publish_page: PublishPage) -> None:
    publish_page(**CITING)
    publish_page(minutes=1, locale="hi", **CITING)

    assert [item["locale"] for item in ask(client, doi=DOI, locale="hi")] == ["hi"]


def test_an_overdue_review_is_told(client: Client, publish_page: PublishPage) -> None:
    publish_page(**CITING)

    with time_machine.travel(datetime.fromisoformat("2028-01-01T00:00:00Z"), tick=False):
        [item] = ask(client, doi=DOI)

    assert item["review"]["overdue"] is True


@pytest.mark.parametrize("query", [{}, {"doi": DOI}, {"pmid": "31018962", "locale": "en"}])
def test_it_costs_one_query(
    client: Client, publish_page: PublishPage, query: dict[str, str]
) -> None:
    publish_page(**CITING)

    with CaptureQueriesContext(connection) as captured:
        assert len(ask(client, **query)) == 1

    assert len(captured) == 1


def test_its_headers_let_it_be_kept_and_purged(client: Client, publish_page: PublishPage) -> None:
    publish_page(**CITING)

    response = client.get(URL)

    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition, condition/ear-glow/en"
    assert response["Vary"] == "Accept, Authorization"
    assert client.get(URL, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("doi", ""),
        ("doi", "JIM 2019"),
        ("doi", "https://example.org/10.1234/x"),
        ("doi", "10.1234/cut-off..."),
        ("doi", "10.1234/a\x00b"),
        ("doi", "10.1234/" + "a" * 300),
        ("pmid", "0"),
        ("pmid", "12345678901"),
        ("pmid", "PMC123"),
        ("pmid", "١٢٣"),
        ("key", "Ito 2019"),
        ("key", "a" * 81),
    ],
)
def test_it_refuses_what_is_malformed_with_an_example(
    client: Client, name: str, value: str
) -> None:
    response = client.get(f"{URL}?{urlencode({name: value})}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (f"?{name}", "invalid_value")
    assert "such as" in error["detail"] or "as `id`" in error["detail"]
    assert len(error["detail"]) < 300


def test_it_refuses_two_sources_at_a_time(client: Client) -> None:
    problem = read_problem(client.get(f"{URL}?doi={DOI}&pmid=1"), 400, "invalid_parameters")

    assert [error["pointer"] for error in problem["errors"]] == ["?doi", "?pmid"]
    assert "one of them at a time" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("isbn=1", "?isbn", "unknown_parameter"),
        ("doi=10.1000/1&doi=10.1000/2", "?doi", "repeated_parameter"),
        ("limit=0", "?limit", "invalid_value"),
        ("cursor=x", "?cursor", "invalid_value"),
        ("locale=english", "?locale", "invalid_value"),
        ("as_of=then", "?as_of", "invalid_value"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, query: str, pointer: str, code: str
) -> None:
    [error] = read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")["errors"]

    assert (error["pointer"], error["code"]) == (pointer, code)


def test_it_refuses_a_client_that_takes_no_json(client: Client) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")


def test_a_key_that_is_no_good_is_refused(client: Client) -> None:
    assert client.get(URL, headers={"Authorization": "Bearer nonsense"}).status_code == 401
