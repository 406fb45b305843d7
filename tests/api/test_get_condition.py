"""`GET /api/v1/conditions/{slug}`: the live edition."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Rendition
from calfcms.publishing.reading import bodies
from tests.api.conftest import PublishPage, WithdrawPage, after_noon, write_page
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON

URL = "/api/v1/conditions/ear-glow"
PUBLISHED_TABLES = {
    "publishing_document",
    "publishing_edition",
    "publishing_liveperiod",
    "publishing_rendition",
}


def test_it_sends_the_stored_bytes(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    response = client.get(URL)

    stored = Rendition.objects.get(edition=edition, format="json")
    assert response.status_code == 200
    assert response.content == bytes(stored.body)
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{stored.digest}"'
    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response.json()["edition"] == 1


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    response = client.get(URL, headers={"Origin": "https://partner.example"})

    assert response["Last-Modified"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert response["Content-Language"] == "en"
    assert response["Content-Location"] == f"{URL}/editions/1?locale=en&format=json"
    assert {"accept", "accept-language"} <= set(response["Vary"].lower().split(", "))
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_its_content_location_gives_the_same_bytes(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    live = client.get(URL, {"format": "html"})
    numbered = client.get(live["Content-Location"])

    assert numbered.content == live.content
    assert numbered["Content-Type"] == live["Content-Type"]


@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "fr, en-GB;q=0.5"}])
@pytest.mark.parametrize("query", [{}, {"format": "md"}, {"as_of": "2026-11-21T13:00:00Z"}])
def test_it_costs_one_query_and_touches_no_draft_table(
    client: Client, publish_page: PublishPage, headers: dict[str, str], query: dict[str, str]
) -> None:
    publish_page()

    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(URL, query, headers=headers)

        assert response.status_code == 200
        assert len(captured) == 1
        assert list_tables(captured[0]["sql"]) == PUBLISHED_TABLES


def test_the_bytes_leave_the_database_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    first = client.get(URL)

    with CaptureQueriesContext(connection) as captured:
        second = client.get(URL)

    assert second.content == first.content
    assert first["ETag"].strip('"') in captured[0]["sql"]
    assert bodies.size == len(first.content)


def test_a_new_edition_is_read_at_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    before = client.get(URL)
    publish_page(minutes=1, title="Ear glow, rewritten")

    after = client.get(URL)

    assert after.json()["title"] == "Ear glow, rewritten"
    assert after["ETag"] != before["ETag"]


def test_a_draft_does_not_show(client: Client, publish_page: PublishPage, editor: User) -> None:
    publish_page()
    write_page(editor, after_noon(1), title="Not yet signed")

    response = client.get(URL)

    assert response.json()["title"] == "Ear glow: what it is and what to do"


@pytest.mark.parametrize(
    ("format_", "media_type"),
    [
        ("json", "application/json"),
        ("jsonld", "application/ld+json"),
        ("html", "text/html; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
    ],
)
def test_the_format_is_chosen_by_name_or_by_accept(
    client: Client, publish_page: PublishPage, format_: str, media_type: str
) -> None:
    edition = publish_page()
    stored = bytes(Rendition.objects.get(edition=edition, format=format_).body)

    named = client.get(URL, {"format": format_}, headers={"Accept": "image/png"})
    accepted = client.get(URL, headers={"Accept": media_type.partition(";")[0]})

    assert named.content == accepted.content == stored
    assert named["Content-Type"] == accepted["Content-Type"] == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/*", "text/html; charset=utf-8"),
        ("application/json;q=0.4, text/markdown;q=0.5", "text/markdown; charset=utf-8"),
        ("text/html;q=0, text/*", "text/markdown; charset=utf-8"),
        ("application/json;q=0.2, */*;q=0.1", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_q_values_are_honoured(
    client: Client, publish_page: PublishPage, accept: str, media_type: str
) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": accept})

    assert response["Content-Type"] == media_type


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "application/pdf, a/b"])
def test_it_refuses_what_it_cannot_send(
    client: Client, publish_page: PublishPage, accept: str
) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": accept})

    problem = read_problem(response, 406, "not_acceptable")
    assert "text/markdown" in problem["detail"]


@pytest.mark.parametrize("tag", ["{0}", "W/{0}", '"other", {0}', "*"])
def test_a_client_that_holds_the_bytes_gets_304(
    client: Client, publish_page: PublishPage, tag: str
) -> None:
    publish_page()
    first = client.get(URL)

    response = client.get(URL, headers={"If-None-Match": tag.format(first["ETag"])})

    assert response.status_code == 304
    assert response.content == b""
    assert "Content-Type" not in response
    for name in ("ETag", "Cache-Control", "Content-Location", "Vary", "Last-Modified"):
        assert response[name] == first[name]


def test_a_304_keeps_the_bytes_in_the_database(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]
    bodies.clear()

    response = client.get(URL, headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert bodies.size == 0


def test_a_stale_tag_gets_the_bytes_whatever_the_date_says(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    headers = {
        "If-None-Match": '"sha256:old"',
        "If-Modified-Since": "Sun, 22 Nov 2026 12:00:00 GMT",
    }

    response = client.get(URL, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sat, 21 Nov 2026 12:00:00 GMT", 304),
        ("Sat, 21 Nov 2026 11:59:59 GMT", 200),
        ("not a date", 200),
    ],
)
def test_if_modified_since_counts_without_a_tag(
    client: Client, publish_page: PublishPage, since: str, status: int
) -> None:
    publish_page()

    response = client.get(URL, headers={"If-Modified-Since": since})

    assert response.status_code == status


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(URL)

    head = client.head(URL)

    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert {name: head[name] for name in get.headers} == dict(get.headers)


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("hi", "hi"),
        ("hi-IN, en;q=0.5", "hi"),
        ("fr, hi;q=0.8, en;q=0.9", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("pt", "pt-BR"),
        ("PT-pt", "pt-BR"),
        ("not a language!, ;;q=x", "en"),
    ],
)
def test_the_locale_is_the_best_that_is_published(
    client: Client, publish_page: PublishPage, accepted: str, locale: str
) -> None:
    for minutes, published in enumerate(["en", "hi", "pt-BR"]):
        publish_page(minutes=minutes, locale=published)

    response = client.get(URL, headers={"Accept-Language": accepted})

    assert response["Content-Language"] == response.json()["locale"] == locale


def test_the_locale_parameter_outweighs_the_header(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    response = client.get(URL, {"locale": "hi"}, headers={"Accept-Language": "en"})

    assert response["Content-Language"] == "hi"


def test_a_page_in_other_locales_only_names_them(client: Client, publish_page: PublishPage) -> None:
    publish_page(locale="hi")

    response = client.get(URL, {"locale": "en"})

    assert "hi" in read_problem(response, 404, "not_found")["detail"]


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        ("2026-11-21T12:00:00Z", 1),
        ("2026-11-21T12:09:59.999999Z", 1),
        ("2026-11-21T12:10:00Z", 2),
        ("2026-11-21T13:10:00+01:00", 2),
        ("2026-11-21t12:59:59z", 2),
    ],
)
def test_as_of_sends_what_was_live_then(
    client: Client,
    publish_page: PublishPage,
    withdraw_page: WithdrawPage,
    as_of: str,
    edition: int,
) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")
    withdraw_page(minutes=60)

    response = client.get(URL, {"as_of": as_of})

    assert response.json()["edition"] == edition


def test_as_of_before_the_first_edition_is_404(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, {"as_of": "2026-11-21T11:59:59Z"})

    assert "2026-11-21T11:59:59Z" in read_problem(response, 404, "not_found")["detail"]


def test_as_of_after_the_withdrawal_is_410(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=60)
    publish_page(minutes=120, title="Back again")

    between = client.get(URL, {"as_of": "2026-11-21T13:30:00Z"})
    now = client.get(URL)

    assert read_problem(between, 410, "withdrawn")["withdrawn_at"] == "2026-11-21T13:00:00Z"
    assert now.json()["title"] == "Back again"


@pytest.mark.parametrize(
    ("as_of", "says"),
    [
        ("2999-01-01T00:00:00Z", "future"),
        ("2026-11-21", "time zone"),
        ("2026-11-21T12:00:00", "time zone"),
        ("2026-02-30T12:00:00Z", "exists"),
        ("0001-01-01T00:00:00+14:00", "exists"),
        ("", "timestamp"),
        ("yesterday", "timestamp"),
    ],
)
def test_it_refuses_a_moment_that_it_cannot_answer_for(
    client: Client, db: None, as_of: str, says: str
) -> None:
    response = client.get(URL, {"as_of": as_of})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?as_of"
    assert says in error["detail"]


def test_a_withdrawn_page_says_why_and_where_to_go(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(minutes=1, slug="ear-hum")
    withdraw_page(replacement="ear-hum")

    response = client.get(URL)

    problem = read_problem(response, 410, "withdrawn")
    assert problem["reason"] == "The advice was wrong."
    assert problem["withdrawn_at"] == "2026-11-21T13:00:00Z"
    assert problem["replacement"] == {"slug": "ear-hum", "url": "/api/v1/conditions/ear-hum"}
    assert response["Cache-Tag"] == "condition/ear-glow"


def test_a_withdrawn_page_without_replacement_says_null(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    problem = read_problem(client.get(URL), 410, "withdrawn")

    assert problem["replacement"] is None


def test_withdrawing_one_locale_leaves_the_others(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")
    withdraw_page()

    english = client.get(URL)
    hindi = client.get(URL, headers={"Accept-Language": "hi"})

    read_problem(english, 410, "withdrawn")
    assert hindi["Content-Language"] == "hi"


def test_an_unknown_page_is_404(client: Client, db: None) -> None:
    problem = read_problem(client.get(URL), 404, "not_found")

    assert problem["instance"] == URL
    assert "/api/v1/conditions" in problem["detail"]


def test_a_page_that_was_only_drafted_is_404_like_any_other(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    drafted = read_problem(client.get(URL), 404, "not_found")
    unknown = read_problem(client.get(URL.replace("ear", "eye")), 404, "not_found")

    assert drafted["detail"].replace("ear", "eye") == unknown["detail"]


@pytest.mark.parametrize("path", [URL + "/", URL + "/nothing", "/api/v1/conditions/not%20a%20slug"])
def test_a_path_that_is_not_there_is_a_problem(client: Client, db: None, path: str) -> None:
    read_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "pointer", "code", "says"),
    [
        ("lokale=en", "?lokale", "unknown_parameter", "Did you mean 'locale'?"),
        ("fields=title", "?fields", "unknown_parameter", "as_of, format, locale"),
        ("locale=en&locale=hi", "?locale", "repeated_parameter", "Give it once"),
        ("locale=EN", "?locale", "invalid_value", "en-GB"),
        ("locale=", "?locale", "invalid_value", "en-GB"),
        ("locale=%00", "?locale", "invalid_value", "en-GB"),
        ("format=pdf", "?format", "invalid_value", "json, jsonld, html, md"),
        ("format=card", "?format", "invalid_value", "json, jsonld, html, md"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str, says: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == pointer
    assert error["code"] == code
    assert says in error["detail"]


def test_it_names_everything_that_is_wrong_at_once(client: Client, db: None) -> None:
    response = client.get(URL + "?format=pdf&page=2")

    errors = read_problem(response, 400, "invalid_parameters")["errors"]
    assert {error["pointer"] for error in errors} == {"?format", "?page"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_options_says_what_is_possible(client: Client, db: None) -> None:
    response = client.options(URL)

    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_preflight_is_answered(client: Client, db: None) -> None:
    headers = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}

    response = client.options(URL, headers=headers)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "if-none-match" in response["Access-Control-Allow-Headers"]


def test_the_json_is_what_the_contract_says(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    edition: dict[str, Any] = json.loads(client.get(URL).content)

    assert edition["kind"] == "condition"
    assert edition["change"] == {"class": "clinical", "note": "For the test."}
    assert edition["red_flags"][0]["urgency"] == "emergency"
    assert edition["review"]["last_reviewed"] == "2026-11-21"
    assert edition["review"]["sign_offs"][0]["conflicts_of_interest"] == "none declared"
