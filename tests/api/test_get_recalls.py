"""`GET /api/v1/recalls`: what was called back of what this partner holds."""

from typing import Any

import pytest
from django.test import Client

from calfcms.api.cursors import write_cursor
from tests.api.conftest import PublishPage
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.api.reading import fetch
from tests.api.recalling import REASON, recall_page

pytestmark = pytest.mark.django_db

URL = "/api/v1/recalls"


def list_recalls(client: Client, secret: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(URL, parameters, headers=bearer(secret))
    assert response.status_code == 200, response.content
    recalls: dict[str, Any] = response.json()
    return recalls


def test_it_tells_of_what_this_partner_fetched(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()
    secret = make_key("read")
    fetch(client, "conditions/ear-glow", secret, minutes=5)
    made = recall_page()

    [item] = list_recalls(client, secret)["items"]

    assert item == {
        "id": str(made.pk),
        "severity": "critical",
        "reason": REASON,
        "recalled_at": "2026-11-21T13:30:00Z",
        "kind": "condition",
        "slug": "ear-glow",
        "locale": "en",
        "edition": 1,
        "digest": edition.digest,
        "url": "/api/v1/conditions/ear-glow/editions/1?locale=en",
        "fetched": {"first_at": "2026-11-21T12:05:00Z", "last_at": "2026-11-21T12:05:00Z"},
        "acknowledgements": [],
        "open": True,
    }


def test_it_tells_nothing_of_what_others_fetched(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    fetch(client, "conditions/ear-glow", make_key("read", partner="another"), minutes=5)
    recall_page()

    assert list_recalls(client, make_key("read")) == {"items": [], "next": None}


def test_all_keys_of_a_partner_count_as_one(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    fetch(client, "conditions/ear-glow", make_key("read"), minutes=5)
    fetch(client, "conditions/ear-glow/editions/1", make_key("read"), minutes=65)
    recall_page()

    [item] = list_recalls(client, make_key("read"))["items"]

    assert item["fetched"] == {
        "first_at": "2026-11-21T12:05:00Z",
        "last_at": "2026-11-21T13:05:00Z",
    }


def test_it_says_what_was_acknowledged(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    secret = make_key("read")
    made = recall_page()
    body = {"edition_removed": True, "note": "Gone from the cache too."}
    client.post(f"{URL}/{made.pk}/ack", body, "application/json", headers=bearer(secret))

    [item] = list_recalls(client, secret)["items"]

    assert item["fetched"] is None
    assert item["open"] is False
    [said] = item["acknowledgements"]
    assert (said["edition_removed"], said["note"]) == (True, "Gone from the cache too.")


def test_following_next_shows_each_once_newest_first(
    client: Client, publish_page: PublishPage
) -> None:
    secret = make_key("read")
    for number in range(3):
        publish_page(slug=f"ear-{number}", minutes=number)
        fetch(client, f"conditions/ear-{number}", secret, minutes=10)
        recall_page(f"ear-{number}", minutes=90 + number // 2)

    page = list_recalls(client, secret, limit=2)
    rest = client.get(page["next"], headers=bearer(secret)).json()

    slugs = [item["slug"] for item in page["items"] + rest["items"]]
    assert slugs[0] == "ear-2"
    assert sorted(slugs) == ["ear-0", "ear-1", "ear-2"]
    assert rest["next"] is None


def test_nobody_may_keep_it(client: Client) -> None:
    response = client.get(URL, headers=bearer(make_key("read")))

    assert response["Cache-Control"] == "private, no-store"
    assert "Authorization" in response["Vary"]


def test_it_takes_a_key_that_may_read(client: Client) -> None:
    read_problem(client.get(URL), 401, "not_authenticated")
    read_problem(client.get(URL, headers=bearer("calf_nothing")), 401, "invalid_key")
    read_problem(client.get(URL, headers=bearer(make_key("triage"))), 403, "scope_missing")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?limit=0", "?limit"),
        ("?cursor=nonsense", "?cursor"),
        (f"?cursor={write_cursor('yesterday', 'x')}", "?cursor"),
        (f"?cursor={write_cursor('2026-11-21T12:00:00Z', 'x')}", "?cursor"),
        ("?open=true", "?open"),
    ],
)
def test_it_refuses_parameters(client: Client, query: str, pointer: str) -> None:
    response = client.get(URL + query, headers=bearer(make_key("read")))

    problem = read_problem(response, 400, "invalid_parameters")
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_it_refuses_other_media_types_and_methods(client: Client) -> None:
    headers = bearer(make_key("read"))

    html = client.get(URL, headers={**headers, "Accept": "text/html"})

    read_problem(html, 406, "not_acceptable")
    read_problem(client.post(URL, headers=headers), 405, "method_not_allowed")
