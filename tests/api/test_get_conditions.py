"""`GET /api/v1/conditions`: what is live, newest change first."""

import hashlib
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.api.cursors import write_cursor
from calfcms.publishing.models import Rendition
from tests.api.conftest import PublishPage, WithdrawPage, write_page
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON

URL = "/api/v1/conditions"


def list_slugs(client: Client, url: str = URL) -> list[str]:
    return [item["slug"] for item in client.get(url).json()["items"]]


def test_it_lists_the_newest_change_first(client: Client, publish_page: PublishPage) -> None:
    publish_page(slug="ear-glow")
    publish_page(slug="ear-hum", minutes=1)
    publish_page(slug="ear-glow", minutes=2, title="Changed")

    assert list_slugs(client) == ["ear-glow", "ear-hum"]


def test_its_items_are_the_stored_cards(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    response = client.get(URL)

    card = bytes(Rendition.objects.get(edition=edition, format="card").body)
    assert response.content == b'{"items":[' + card + b'],"next":null}'
    [item] = response.json()["items"]
    assert item["url"] == "/api/v1/conditions/ear-glow?locale=en"
    assert item["review"]["last_reviewed"] == "2026-11-21"


def test_an_empty_list_is_a_list(client: Client, db: None) -> None:
    assert client.get(URL).json() == {"items": [], "next": None}


def test_it_leaves_out_what_is_drafted_or_withdrawn(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage, editor: User
) -> None:
    publish_page()
    withdraw_page()
    write_page(editor, NOON, slug="ear-hum")

    assert list_slugs(client) == []


@pytest.mark.parametrize("query", ["", "?locale=en", "?limit=1"])
def test_it_costs_one_query_and_touches_no_draft_table(
    client: Client, publish_page: PublishPage, query: str
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)

    with CaptureQueriesContext(connection) as captured:
        response = client.get(URL + query)

    assert response.status_code == 200
    assert len(captured) == 1
    assert list_tables(captured[0]["sql"]) == {
        "publishing_document",
        "publishing_livefacet",
        "publishing_liveperiod",
        "publishing_rendition",
        "publishing_schedule",
    }


def test_following_next_shows_each_document_once(client: Client, publish_page: PublishPage) -> None:
    for number in range(5):
        publish_page(slug=f"page-{number}", minutes=number)

    seen, url = [], f"{URL}?limit=2"
    while url:
        page = client.get(url).json()
        seen += [item["slug"] for item in page["items"]]
        url = page["next"]

    assert seen == ["page-4", "page-3", "page-2", "page-1", "page-0"]


def test_documents_published_in_the_same_moment_are_all_listed(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(4):
        publish_page(slug=f"page-{number}")

    first = client.get(f"{URL}?limit=2").json()
    second = client.get(first["next"]).json()

    assert [item["slug"] for page in (first, second) for item in page["items"]] == [
        "page-3",
        "page-2",
        "page-1",
        "page-0",
    ]


def test_the_order_is_stable_under_inserts(client: Client, publish_page: PublishPage) -> None:
    for number in range(4):
        publish_page(slug=f"page-{number}", minutes=number)
    first = client.get(f"{URL}?limit=2").json()
    publish_page(slug="latest", minutes=10)
    publish_page(slug="page-3", minutes=11, title="Changed while somebody was reading")

    second = client.get(first["next"]).json()

    assert [item["slug"] for item in second["items"]] == ["page-1", "page-0"]
    assert second["next"] is None


def test_a_full_last_page_has_no_next(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    assert client.get(f"{URL}?limit=1").json()["next"] is None


def test_the_locale_filters_and_next_keeps_it(client: Client, publish_page: PublishPage) -> None:
    publish_page(locale="hi")
    publish_page(slug="ear-hum", minutes=1)
    publish_page(slug="ear-hum", minutes=2, locale="hi")

    first = client.get(f"{URL}?limit=1&locale=hi").json()
    second = client.get(first["next"]).json()

    assert [first["items"][0]["slug"], second["items"][0]["slug"]] == ["ear-hum", "ear-glow"]
    assert {first["items"][0]["locale"], second["items"][0]["locale"]} == {"hi"}


def test_its_headers_let_it_be_kept_and_purged(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)

    response = client.get(URL)

    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition, condition/ear-hum/en, condition/ear-glow/en"
    assert response["Vary"] == "Accept, Authorization"


def test_a_list_too_long_for_a_header_is_tagged_with_its_kind(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(26):
        publish_page(slug=f"{number}-{'x' * 70}", minutes=number)

    short, long = client.get(f"{URL}?limit=5"), client.get(f"{URL}?limit=100")

    assert short["Cache-Tag"].count("/en") == 5
    assert long["Cache-Tag"] == "condition"


def test_a_card_says_what_can_never_be_left_out(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    [card] = client.get(URL).json()["items"]

    assert [flag["id"] for flag in card["red_flags"]] == ["smoke"]
    assert card["red_flags"][0]["action"] == "Call an ambulance."
    assert card["disclaimer"] == "This is information, not a diagnosis."
    assert (card["edition"], card["digest"]) == (1, edition.digest)
    assert card["review"]["sign_offs"][0]["reviewer"]["name"] == "Rex Reviewer (fictional)"


def test_cards_that_it_has_sent_stay_in_the_database(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    first = client.get(URL)
    publish_page(minutes=2, title="Changed")

    with CaptureQueriesContext(connection) as captured:
        second = client.get(URL)

    [known] = re.findall(r"(?:instr|strpos)\('([^']*)'", captured[0]["sql"])
    assert len(captured) == 1
    assert known == "".join(find_card_digest(slug, 1) for slug in ("ear-hum", "ear-glow"))
    assert second.json()["items"][0]["title"] == "Changed"
    assert second.json()["items"][1] == first.json()["items"][0]


def find_card_digest(slug: str, number: int) -> str:
    cards = Rendition.objects.filter(format="card", edition__number=number)
    return cards.get(edition__document__slug=slug).digest


@pytest.mark.parametrize("query", ["", "?limit=2", "?fields=title"])
def test_an_answer_from_memory_is_the_same_answer(
    client: Client, publish_page: PublishPage, query: str
) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number)
    from_database = client.get(URL + query)

    from_memory = client.get(URL + query)

    assert from_memory.content == from_database.content
    assert from_memory["ETag"] == from_database["ETag"]


def test_what_is_withdrawn_is_not_sent_from_memory(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    client.get(URL)

    withdraw_page()

    assert list_slugs(client) == []


def test_a_client_that_holds_it_gets_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]

    unchanged = client.get(URL, headers={"If-None-Match": tag})
    publish_page(minutes=1, title="Changed")
    changed = client.get(URL, headers={"If-None-Match": tag})

    assert unchanged.status_code == 304
    assert changed.status_code == 200


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(URL)

    head = client.head(URL)

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("limit=0", "?limit", "invalid_value"),
        ("limit=101", "?limit", "invalid_value"),
        ("limit=ten", "?limit", "invalid_value"),
        ("limit=%D9%A1", "?limit", "invalid_value"),
        ("limit=" + "9" * 5000, "?limit", "invalid_value"),
        ("limit=1&limit=2", "?limit", "repeated_parameter"),
        ("locale=english", "?locale", "invalid_value"),
        ("cursor=nonsense", "?cursor", "invalid_value"),
        ("cursor=", "?cursor", "invalid_value"),
        ("cursor=%00", "?cursor", "invalid_value"),
        ("cursor=" + write_cursor(1), "?cursor", "invalid_value"),
        ("cursor=" + write_cursor("yesterday", 1), "?cursor", "invalid_value"),
        ("cursor=" + write_cursor("2026-11-21T12:00:00Z", 2**70), "?cursor", "invalid_value"),
        ("cursor=" + write_cursor("2026-11-21T12:00:00Z", -1), "?cursor", "invalid_value"),
        ("tag=leg", "?tag", "unknown_parameter"),
        ("format=json", "?format", "unknown_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == pointer
    assert error["code"] == code
    assert len(response.content) < 2000


def test_it_refuses_a_client_that_takes_no_json(client: Client, db: None) -> None:
    response = client.get(URL, headers={"Accept": "text/html"})

    assert "application/json" in read_problem(response, 406, "not_acceptable")["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_trailing_slash_is_404(client: Client, db: None) -> None:
    read_problem(client.get(URL + "/"), 404, "not_found")
