"""`GET /api/v1/conditions`, narrowed: by topic, code, locale, review, moment; with few members."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Facet
from conditions.actions.save_topic import save_topic
from conditions.draft import TopicDraft
from tests.api.conftest import PublishPage, WithdrawPage, after_noon
from tests.api.problems import read_problem
from tests.conftest import NOON

URL = "/api/v1/conditions"
CODES = [{"system": "icd10cm", "code": "I82.40"}, {"system": "snomed", "code": "128053003"}]


@pytest.fixture
def topics(editor: User) -> None:
    for slug in ("ears", "light"):
        save_topic(topic=TopicDraft(slug=slug, title=slug.title()), by=editor, at=NOON)


@pytest.fixture
def _much_later() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        yield


def ask(client: Client, **query: Any) -> list[str]:
    """The slugs in the answer."""
    response = client.get(f"{URL}?{urlencode(query)}")
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["items"]]


def moment(minutes: int) -> str:
    return format_instant(after_noon(minutes))


# Topics and codes ----------------------------------------------------------------------------


def test_a_topic_finds_the_pages_under_it(
    client: Client, publish_page: PublishPage, topics: None
) -> None:
    publish_page(topics=["ears"])
    publish_page(slug="ear-hum", minutes=1, topics=["ears", "light"])
    publish_page(slug="toe-glow", minutes=2, topics=["light"])

    assert ask(client, topic="ears") == ["ear-hum", "ear-glow"]
    assert ask(client, topic="light") == ["toe-glow", "ear-hum"]
    assert ask(client, topic="nothing-yet") == []


def test_the_live_edition_decides_which_topics_a_page_is_under(
    client: Client, publish_page: PublishPage, topics: None
) -> None:
    publish_page(topics=["ears"])
    publish_page(minutes=1, topics=["light"])

    assert ask(client, topic="ears") == []
    assert ask(client, topic="light") == ["ear-glow"]


@pytest.mark.parametrize("code", ["icd10cm:I82.40", "snomed:128053003"])
def test_a_code_finds_the_pages_that_have_it(
    client: Client, publish_page: PublishPage, code: str
) -> None:
    publish_page(codes=CODES)
    publish_page(slug="ear-hum", minutes=1)

    assert ask(client, code=code) == ["ear-glow"]


@pytest.mark.parametrize("code", ["icd10cm:I82.4", "icd10:I82.40", "icd10cm:i82.40"])
def test_a_code_is_that_code_and_no_other(
    client: Client, publish_page: PublishPage, code: str
) -> None:
    publish_page(codes=CODES)

    assert ask(client, code=code) == []


def test_a_system_may_be_an_address(client: Client, publish_page: PublishPage) -> None:
    publish_page(codes=[{"system": "http://codes.example", "code": "E1"}])

    assert ask(client, code="http://codes.example:E1") == ["ear-glow"]


def test_a_very_long_code_is_found_whole(client: Client, publish_page: PublishPage) -> None:
    publish_page(codes=[{"system": "long", "code": "x" * 1000}])

    assert max(len(facet.value) for facet in Facet.objects.all()) == 255
    assert ask(client, code="long:" + "x" * 1000) == ["ear-glow"]
    assert ask(client, code="long:" + "x" * 999) == []


# Reviews -------------------------------------------------------------------------------------


def test_reviewed_before_finds_what_was_reviewed_before_that_day(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=24 * 60)

    assert ask(client, reviewed_before="2026-11-21") == []
    assert ask(client, reviewed_before="2026-11-22") == ["ear-glow"]
    assert ask(client, reviewed_before="2026-11-23") == ["ear-hum", "ear-glow"]


# The past ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_much_later")
def test_as_of_lists_what_was_live_then_in_the_order_of_then(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=10)
    publish_page(minutes=20, title="Changed")
    withdraw_page("ear-hum", minutes=30)

    assert [ask(client, as_of=moment(minutes)) for minutes in (-1, 0, 10, 20, 30)] == [
        [],
        ["ear-glow"],
        ["ear-hum", "ear-glow"],
        ["ear-glow", "ear-hum"],
        ["ear-glow"],
    ]


@pytest.mark.usefixtures("_much_later")
def test_as_of_shows_the_edition_of_then(client: Client, publish_page: PublishPage) -> None:
    publish_page(title="Old")
    publish_page(minutes=10, title="New")

    items = client.get(f"{URL}?as_of={moment(9)}").json()["items"]

    assert [(item["edition"], item["title"]) for item in items] == [(1, "Old")]


@pytest.mark.usefixtures("_much_later")
def test_filters_of_the_past_ask_the_edition_of_then(
    client: Client, publish_page: PublishPage, topics: None
) -> None:
    publish_page(topics=["ears"], codes=CODES)
    publish_page(minutes=10)

    assert ask(client, topic="ears", code="icd10cm:I82.40", as_of=moment(9)) == ["ear-glow"]
    assert ask(client, topic="ears", code="icd10cm:I82.40", as_of=moment(10)) == []


@pytest.mark.usefixtures("_much_later")
def test_a_list_of_the_past_is_what_readers_got_then(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    seen: dict[int, Any] = {}

    def remember(minutes: int) -> None:
        with time_machine.travel(after_noon(minutes), tick=False):
            seen[minutes] = client.get(URL).content

    publish_page()
    remember(5)
    publish_page(slug="ear-hum", minutes=10)
    remember(15)
    publish_page(minutes=20, title="Changed")
    remember(25)
    withdraw_page("ear-hum", minutes=30)
    remember(35)

    for minutes, content in seen.items():
        assert client.get(f"{URL}?as_of={moment(minutes)}").content == content


@pytest.mark.usefixtures("_much_later")
def test_pages_of_the_past_go_on_in_the_past(client: Client, publish_page: PublishPage) -> None:
    for number in range(5):
        publish_page(slug=f"page-{number}", minutes=number)
    url: str | None = f"{URL}?limit=2&as_of={moment(4)}"
    publish_page(slug="page-0", minutes=10, title="Changed")

    seen: list[str] = []
    while url:
        page = client.get(url).json()
        seen += [item["slug"] for item in page["items"]]
        publish_page(slug=f"later-{len(seen)}", minutes=20 + len(seen))
        url = page["next"]

    assert seen == ["page-4", "page-3", "page-2", "page-1", "page-0"]


# Sparse cards --------------------------------------------------------------------------------

KEPT = {"slug", "locale", "edition", "digest", "red_flags", "review", "disclaimer"}


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ("title", {"title"}),
        ("title,url", {"title", "url"}),
        ("url,title,url", {"title", "url"}),
        ("slug", set()),
    ],
)
def test_fields_leaves_out_all_but_what_must_be_there(
    client: Client, publish_page: PublishPage, fields: str, more: set[str]
) -> None:
    publish_page()
    [whole] = client.get(URL).json()["items"]

    [item] = client.get(f"{URL}?fields={fields}").json()["items"]

    assert item.keys() == KEPT | more
    assert item == {name: whole[name] for name in item}


def test_the_order_of_fields_makes_no_other_answer(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    one, other = client.get(f"{URL}?fields=url,title"), client.get(f"{URL}?fields=title,url")

    assert one["ETag"] == other["ETag"]


def test_a_sparse_card_still_says_that_its_review_is_overdue(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    with time_machine.travel(datetime.fromisoformat("2028-01-01T00:00:00Z"), tick=False):
        [item] = client.get(f"{URL}?fields=title").json()["items"]

    assert item["review"]["overdue"] is True


# All together --------------------------------------------------------------------------------


@pytest.mark.usefixtures("_much_later")
def test_next_carries_every_filter(client: Client, publish_page: PublishPage, topics: None) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number, topics=["ears"], codes=CODES)
    query = {
        "limit": 1,
        "locale": "en",
        "topic": "ears",
        "code": "icd10cm:I82.40",
        "reviewed_before": "2027-01-01",
        "as_of": moment(30),
        "fields": "title",
    }

    first = client.get(f"{URL}?{urlencode(query)}").json()
    second = client.get(first["next"]).json()

    assert [item["slug"] for item in second["items"]] == ["page-1"]
    assert second["items"][0].keys() == KEPT | {"title"}
    for name, value in query.items():
        assert urlencode({name: value}, safe=":,") in second["next"]


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "ears"},
        {"code": "icd10cm:I82.40"},
        {"reviewed_before": "2027-01-01"},
        {"fields": "title"},
        {"as_of": "2026-11-21T13:00:00Z", "topic": "ears", "code": "a:b", "locale": "en"},
    ],
)
@pytest.mark.usefixtures("_much_later")
def test_it_costs_one_query(
    client: Client, publish_page: PublishPage, topics: None, query: dict[str, str]
) -> None:
    publish_page(topics=["ears"], codes=CODES)

    with CaptureQueriesContext(connection) as captured:
        ask(client, **query)

    assert len(captured) == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("topic", "", "leg-and-foot"),
        ("topic", "Ears", "leg-and-foot"),
        ("topic", "a--b", "leg-and-foot"),
        ("topic", "a" * 81, "leg-and-foot"),
        ("topic", "ears\x00", "leg-and-foot"),
        ("code", "I82.40", "icd10cm:I82.40"),
        ("code", "icd10cm:", "icd10cm:I82.40"),
        ("code", ":I82.40", "icd10cm:I82.40"),
        ("code", "icd10cm:I82\x00", "icd10cm:I82.40"),
        ("code", "a:" + "b" * 2_000, "icd10cm:I82.40"),
        ("reviewed_before", "yesterday", "2026-11-21"),
        ("reviewed_before", "2026-02-30", "no date"),
        ("reviewed_before", "20260230", "2026-11-21"),
        ("as_of", "2026-11-21", "time zone"),
        ("as_of", "2126-11-21T00:00:00Z", "future"),
        ("fields", "", "There are: slug, locale"),
        ("fields", "title,nonsense", "'nonsense' is no member"),
        ("fields", "sections", "'sections' is no member"),
    ],
)
def test_it_refuses_what_is_malformed_and_says_what_is_not(
    client: Client, db: None, name: str, value: str, says: str
) -> None:
    response = client.get(f"{URL}?{urlencode({name: value})}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (f"?{name}", "invalid_value")
    assert says in error["detail"]
    assert len(json.dumps(error)) < 1000
