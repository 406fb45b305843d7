"""`GET /api/v1/conditions/{slug}` with `Accept-Datetime`: the past, as RFC 7089 has it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.break_glass import break_glass
from tests.api.conftest import PublishPage, WithdrawPage, after_noon, write_page
from tests.api.problems import read_problem
from tests.conftest import make_person

URL = "/api/v1/conditions/ear-glow"
ORIGINAL = f'<{URL}?locale=en>; rel="original timegate"'
TIMEMAP = f'<{URL}/timemap?locale=en>; rel="timemap"; type="application/link-format"'


def ask(client: Client, when: str, query: str = "", **headers: str) -> Any:
    """The answer for `12:05:00` on the day of the tests, or for a whole HTTP date."""
    date = when if "," in when else f"Sat, 21 Nov 2026 {when} GMT"
    return client.get(URL + query, headers={"Accept-Datetime": date, **headers})


@pytest.fixture
def _two_editions(publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize(
    ("when", "edition", "memento"),
    [
        ("12:00:00", 1, "12:00:00"),
        ("12:09:59", 1, "12:00:00"),
        ("12:10:00", 2, "12:10:00"),
        ("23:59:59", 2, "12:10:00"),
    ],
)
def test_it_sends_what_was_live_then(client: Client, when: str, edition: int, memento: str) -> None:
    response = ask(client, when)

    assert response.status_code == 200
    assert response.json()["edition"] == edition
    assert response["Memento-Datetime"] == f"Sat, 21 Nov 2026 {memento} GMT"
    assert response["Content-Location"] == f"{URL}/editions/{edition}?locale=en&format=json"


@pytest.mark.usefixtures("_two_editions")
def test_it_is_its_own_timegate_and_names_original_and_timemap(client: Client) -> None:
    response = ask(client, "12:05:00")

    assert response["Link"] == f"{ORIGINAL}, {TIMEMAP}"
    assert "Accept-Datetime" in response["Vary"].split(", ")


@pytest.mark.usefixtures("_two_editions")
def test_the_live_answer_says_where_the_past_is_but_is_no_memento(client: Client) -> None:
    response = client.get(URL)

    assert response["Link"] == f"{ORIGINAL}, {TIMEMAP}"
    assert "Accept-Datetime" in response["Vary"].split(", ")
    assert "Memento-Datetime" not in response


@pytest.mark.usefixtures("_two_editions")
def test_other_formats_name_their_own_original(client: Client) -> None:
    response = ask(client, "12:05:00", "?format=html")

    assert response["Link"].startswith(f'<{URL}?locale=en&format=html>; rel="original timegate"')
    assert response["Content-Location"] == f"{URL}/editions/1?locale=en&format=html"


@pytest.mark.usefixtures("_two_editions")
def test_the_memento_is_the_same_bytes_of_the_same_time(client: Client) -> None:
    negotiated = ask(client, "12:05:00")

    memento = client.get(negotiated["Content-Location"])

    assert memento.content == negotiated.content
    assert memento["Memento-Datetime"] == negotiated["Memento-Datetime"]
    assert memento["Link"] == negotiated["Link"]
    assert "Accept-Datetime" not in memento["Vary"]


@pytest.mark.usefixtures("_two_editions")
def test_as_of_is_a_memento_too(client: Client) -> None:
    response = client.get(URL, {"as_of": "2026-11-21T12:05:00Z"})

    assert response["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert response["Link"] == f"{ORIGINAL}, {TIMEMAP}"
    assert "Accept-Datetime" not in response["Vary"]


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("path", ["?as_of=2026-11-21T12:05:00Z", "/editions/1"])
@pytest.mark.parametrize("when", ["12:10:00", "Sat, no date"])
def test_an_address_with_a_time_in_it_is_not_moved_by_the_header(
    client: Client, path: str, when: str
) -> None:
    assert ask(client, when, path).json()["edition"] == 1


@pytest.mark.usefixtures("_two_editions")
def test_the_future_is_now(client: Client) -> None:
    response = ask(client, "Fri, 31 Dec 2999 23:59:59 GMT")

    assert response.content == client.get(URL).content
    assert response["Memento-Datetime"] == "Sat, 21 Nov 2026 12:10:00 GMT"


@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("when", ["11:59:59", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_before_the_first_edition_it_is_the_first(client: Client, when: str) -> None:
    response = ask(client, when)

    assert response.json()["edition"] == 1
    assert response["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"


def test_the_first_is_that_of_any_locale_that_the_reader_takes(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=10, locale="hi")

    accepted = ask(client, "11:00:00", **{"Accept-Language": "hi, en;q=0.5"})
    named = ask(client, "11:00:00", "?locale=hi")

    assert accepted["Content-Language"] == "en"
    assert named["Content-Language"] == "hi"


def test_an_http_date_is_a_whole_second(client: Client, publish_page: PublishPage) -> None:
    half = timedelta(milliseconds=500) / timedelta(minutes=1)
    publish_page()
    publish_page(minutes=10 + half, title="Second")  # type: ignore[arg-type]

    response = ask(client, "12:10:00")

    assert response.json()["edition"] == 2
    assert response["Memento-Datetime"] == "Sat, 21 Nov 2026 12:10:00 GMT"


def test_while_it_was_withdrawn_it_is_410(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=60)
    publish_page(minutes=120, title="Back again")

    response = ask(client, "13:30:00")

    assert read_problem(response, 410, "withdrawn")["withdrawn_at"] == "2026-11-21T13:00:00Z"
    assert response["Link"] == f"{ORIGINAL}, {TIMEMAP}"
    assert ask(client, "12:59:59").json()["edition"] == 1
    assert ask(client, "14:00:00").json()["edition"] == 2


def test_what_is_withdrawn_now_is_still_in_the_past(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page(minutes=60)

    read_problem(ask(client, "Fri, 31 Dec 2999 23:59:59 GMT"), 410, "withdrawn")
    assert ask(client, "12:30:00").status_code == 200
    assert ask(client, "11:00:00").status_code == 200


def test_a_page_that_was_never_published_has_no_past(client: Client, db: None) -> None:
    read_problem(ask(client, "12:00:00"), 404, "not_found")


def test_a_page_in_other_locales_only_names_them(client: Client, publish_page: PublishPage) -> None:
    publish_page(locale="hi")

    response = ask(client, "12:00:00", "?locale=en")

    assert "hi" in read_problem(response, 404, "not_found")["detail"]


def test_an_edition_that_came_back_is_named_by_the_time_when_it_did(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    document = write_page(editor, after_noon(10), summary="Do not look at it.")
    commander = make_person("commander", "break_glass")
    deadline = after_noon(70)
    break_glass(
        document=document, by=commander, at=after_noon(10), reason="Fire.", deadline_at=deadline
    )
    with time_machine.travel(after_noon(80), tick=False):
        client.get(URL)

    then = ask(client, "13:30:00")
    memento = client.get(then["Content-Location"])

    assert then.json()["edition"] == 1
    assert then["Memento-Datetime"] == "Sat, 21 Nov 2026 13:20:00 GMT"
    assert then["Content-Location"] == f"{URL}?locale=en&as_of=2026-11-21T13:20:00Z&format=json"
    assert memento.content == then.content
    assert memento["Memento-Datetime"] == then["Memento-Datetime"]
    assert ask(client, "12:30:00").json()["edition"] == 2


def test_an_overdue_review_is_marked_as_it_was_then(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    with time_machine.travel(datetime(2028, 1, 1, tzinfo=UTC), tick=False):
        before, after = (
            ask(client, f"{day} Nov 2027 12:00:00 GMT") for day in ("Sun, 21", "Mon, 22")
        )

    assert "overdue" not in before.json()["review"]
    assert after.json()["review"]["overdue"] is True
    assert after["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"


@pytest.mark.usefixtures("_two_editions")
def test_it_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        ask(client, "12:05:00")


@pytest.mark.usefixtures("_two_editions")
def test_a_client_that_holds_the_bytes_gets_304(client: Client) -> None:
    tag = ask(client, "12:05:00")["ETag"]

    response = ask(client, "12:07:00", **{"If-None-Match": tag})

    assert response.status_code == 304
    assert response["Memento-Datetime"] == "Sat, 21 Nov 2026 12:00:00 GMT"


@pytest.mark.usefixtures("_two_editions")
def test_fields_are_kept_of_the_past(client: Client) -> None:
    response = ask(client, "12:05:00", "?fields=title")

    assert response.json()["edition"] == 1
    assert "faqs" not in response.json()
    assert client.get(response["Content-Location"]).content == response.content


@pytest.mark.parametrize(
    "given",
    [
        "",
        "yesterday",
        "2026-11-21T12:00:00Z",
        "Sat, 21 Nov 2026 12:00:00",
        "Sat, 21 Nov 2026 12:00:00 +0000",
        "Saturday, 21-Nov-26 12:00:00 GMT",
        "Sat Nov 21 12:00:00 2026",
        "sat, 21 nov 2026 12:00:00 gmt",
        "Sat, 30 Feb 2026 12:00:00 GMT",
        "Sat, 21 Nov 2026 25:00:00 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Sat, ２1 Nov 2026 12:00:00 GMT",
    ],
)
def test_what_is_no_http_date_is_refused(client: Client, db: None, given: str) -> None:
    response = client.get(URL, headers={"Accept-Datetime": given})

    detail = read_problem(response, 400, "invalid_header")["detail"]
    assert "Accept-Datetime" in detail
    assert "as_of" in detail


@pytest.mark.parametrize("origin", ["https://reader.example"])
def test_scripts_of_other_origins_may_ask_for_the_past(client: Client, origin: str) -> None:
    preflight = client.options(
        URL, headers={"Origin": origin, "Access-Control-Request-Method": "GET"}
    )

    assert "accept-datetime" in preflight["Access-Control-Allow-Headers"]
