"""`GET /api/v1/conditions/{slug}/editions`: every edition ever published."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.api.cursors import write_cursor
from tests.api.conftest import PublishPage, WithdrawPage, write_page
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/conditions/ear-glow/editions"


def test_it_lists_all_editions_newest_first(client: Client, publish_page: PublishPage) -> None:
    first = publish_page()
    second = publish_page(minutes=1, title="Changed")

    history = client.get(URL).json()

    assert history["next"] is None
    assert [item["number"] for item in history["items"]] == [2, 1]
    assert [item["digest"] for item in history["items"]] == [second.digest, first.digest]


def test_an_item_says_what_changed_who_signed_and_when_it_was_live(
    client: Client, publish_page: PublishPage
) -> None:
    edition = publish_page()
    publish_page(minutes=1, title="Changed")

    item = client.get(URL).json()["items"][1]

    [sign_off] = item.pop("sign_offs")
    assert sign_off["reviewer"]["name"] == "Rex Reviewer (fictional)"
    assert item == {
        "number": 1,
        "digest": edition.digest,
        "content_digest": edition.content_digest,
        "published_at": "2026-11-21T12:00:00Z",
        "change": {"class": "clinical", "note": "For the test."},
        "unsigned": None,
        "recalled": None,
        "live": [
            {
                "started_at": "2026-11-21T12:00:00Z",
                "ended_at": "2026-11-21T12:01:00Z",
                "ending": "superseded",
                "reason": None,
                "replacement": None,
            }
        ],
        "url": "/api/v1/conditions/ear-glow/editions/1?locale=en",
    }


def test_its_urls_lead_to_the_editions(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")

    for item in client.get(URL).json()["items"]:
        assert client.get(item["url"]).json()["edition"] == item["number"]


def test_a_withdrawn_page_keeps_its_history(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    [item] = client.get(URL).json()["items"]

    assert item["live"][0]["ending"] == "withdrawn"
    assert item["live"][0]["reason"] == "The advice was wrong."


def test_following_next_shows_each_edition_once(client: Client, publish_page: PublishPage) -> None:
    for number in range(3):
        publish_page(minutes=number, title=f"Version {number}")

    first = client.get(f"{URL}?limit=2").json()
    publish_page(minutes=9, title="While somebody was reading")
    second = client.get(first["next"]).json()

    numbers = [item["number"] for page in (first, second) for item in page["items"]]
    assert numbers == [3, 2, 1]
    assert second["next"] is None


def test_the_locale_is_chosen_as_for_the_page(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    negotiated = client.get(URL, headers={"Accept-Language": "hi"})
    named = client.get(URL, {"locale": "en"}, headers={"Accept-Language": "hi"})

    assert negotiated["Content-Language"] == "hi"
    assert negotiated.json()["items"][0]["url"].endswith("?locale=hi")
    assert named["Content-Language"] == "en"


def test_it_can_be_kept_and_asked_for_again(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    first = client.get(URL)
    again = client.get(URL, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert again.status_code == 304


def test_an_unknown_page_is_404(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


def test_a_page_that_was_only_drafted_is_404(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "?limit"),
        ("cursor=x", "?cursor"),
        ("cursor=" + write_cursor("2026-11-21T12:00:00Z", 1), "?cursor"),
        ("cursor=" + write_cursor(0), "?cursor"),
        ("as_of=2026-11-21T12:00:00Z", "?as_of"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str
) -> None:
    [error] = read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")["errors"]

    assert error["pointer"] == pointer


def test_it_refuses_a_client_that_takes_no_json(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
