"""`GET /api/v1/red-flags`: the signs that must not wait, of all live conditions."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.actions.save_topic import save_topic
from conditions.draft import TopicDraft
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/red-flags"
URGENT = {"id": "flicker", "sign": "Flicker", "urgency": "urgent", "action": "Go today."}
EMERGENCY = {"id": "smoke", "sign": "Smoke", "urgency": "emergency", "action": "Call."}


def ask(client: Client, query: str = "") -> Any:
    response = client.get(URL + query)
    assert response.status_code == 200, response.content
    return response.json()["items"]


def list_slugs(client: Client, query: str = "") -> list[str]:
    return [item["slug"] for item in ask(client, query)]


def test_it_lists_each_live_condition_with_all_its_red_flags(
    client: Client, publish_page: PublishPage
) -> None:
    edition = publish_page(red_flags=[EMERGENCY, URGENT])

    [item] = ask(client)

    assert item["slug"] == "ear-glow"
    assert item["red_flags"] == [
        flag | {"suspects": [], "references": []} for flag in (EMERGENCY, URGENT)
    ]
    assert (item["locale"], item["edition"], item["digest"]) == ("en", 1, edition.digest)
    assert item["disclaimer"] == "This is information, not a diagnosis."
    assert item["review"]["last_reviewed"] == "2026-11-21"
    assert client.get(item["url"]).json()["red_flags"] == item["red_flags"]


def test_it_leaves_out_what_is_not_about_red_flags(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    [item] = ask(client)

    assert item.keys() == {
        *("slug", "locale", "edition", "digest", "title", "red_flags", "disclaimer", "review"),
        "url",
    }


def test_a_condition_without_red_flags_is_there_and_says_so(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(red_flags=[])

    assert [item["red_flags"] for item in ask(client)] == [[]]


def test_the_newest_change_comes_first_and_the_withdrawn_are_gone(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number)
    withdraw_page("page-1", minutes=5)

    assert list_slugs(client) == ["page-2", "page-0"]


def test_following_next_shows_each_condition_once(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(5):
        publish_page(slug=f"page-{number}", minutes=number)

    seen, url = [], f"{URL}?limit=2"
    while url:
        page = client.get(url).json()
        seen += [item["slug"] for item in page["items"]]
        url = page["next"]

    assert seen == ["page-4", "page-3", "page-2", "page-1", "page-0"]


def test_an_urgency_finds_conditions_with_such_a_flag_and_hides_no_other(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(red_flags=[EMERGENCY])
    publish_page(slug="ear-hum", minutes=1, red_flags=[URGENT, EMERGENCY])
    publish_page(slug="toe-glow", minutes=2, red_flags=[URGENT])

    assert list_slugs(client, "?urgency=emergency") == ["ear-hum", "ear-glow"]
    assert list_slugs(client, "?urgency=urgent") == ["toe-glow", "ear-hum"]
    assert list_slugs(client, "?urgency=self_care") == []
    assert len(ask(client, "?urgency=emergency")[0]["red_flags"]) == 2


def test_it_can_be_narrowed_to_a_locale_a_topic_and_a_code(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=NOON)
    publish_page(topics=["ears"], codes=[{"system": "icd10cm", "code": "H93"}])
    publish_page(slug="toe-glow", minutes=1)
    publish_page(slug="toe-glow", minutes=2, locale="hi")

    assert list_slugs(client, "?topic=ears") == ["ear-glow"]
    assert list_slugs(client, "?code=icd10cm:H93") == ["ear-glow"]
    assert list_slugs(client, "?locale=en") == ["toe-glow", "ear-glow"]


def test_as_of_shows_the_red_flags_of_then(client: Client, publish_page: PublishPage) -> None:
    publish_page(red_flags=[URGENT])
    publish_page(minutes=60, red_flags=[URGENT, EMERGENCY])

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        [then] = ask(client, "?as_of=2026-11-21T12:30:00Z")
        [now] = ask(client)

    assert [len(then["red_flags"]), len(now["red_flags"])] == [1, 2]


def test_a_translation_says_of_what(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(locale="hi", minutes=1, translation_of={"locale": "en", "edition": 1})

    [item] = ask(client, "?locale=hi")

    assert item["translation"]["of"]["edition"] == 1


def test_an_overdue_review_is_told(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    with time_machine.travel(datetime.fromisoformat("2028-01-01T00:00:00Z"), tick=False):
        [item] = ask(client)

    assert item["review"]["overdue"] is True


@pytest.mark.parametrize("query", ["", "?urgency=emergency", "?locale=en&limit=1"])
def test_it_costs_one_query(client: Client, publish_page: PublishPage, query: str) -> None:
    publish_page()

    with CaptureQueriesContext(connection) as captured:
        ask(client, query)

    assert len(captured) == 1


def test_its_headers_let_it_be_kept_and_purged(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL)

    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition, condition/ear-glow/en"
    assert response["Vary"] == "Accept, Authorization"
    assert client.get(URL, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    head = client.head(URL)

    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("urgency=soon", "?urgency", "invalid_value"),
        ("urgency=urgent&urgency=routine", "?urgency", "repeated_parameter"),
        ("topic=Ears", "?topic", "invalid_value"),
        ("code=H93", "?code", "invalid_value"),
        ("locale=english", "?locale", "invalid_value"),
        ("as_of=then", "?as_of", "invalid_value"),
        ("cursor=x", "?cursor", "invalid_value"),
        ("limit=0", "?limit", "invalid_value"),
        ("fields=title", "?fields", "unknown_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    [error] = read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")["errors"]

    assert (error["pointer"], error["code"]) == (pointer, code)


def test_it_refuses_a_client_that_takes_no_json(client: Client, db: None) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")


def test_a_key_that_is_no_good_is_refused(client: Client, db: None) -> None:
    response = client.get(URL, headers={"Authorization": "Bearer nonsense"})

    assert response.status_code == 401
