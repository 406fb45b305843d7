"""`GET /api/v1/conditions?q=`: what is live and answers a question, best first."""

import hashlib
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calfcms.api.cursors import write_cursor
from calfcms.publishing.models import Rendition
from tests.api.conftest import PublishPage, WithdrawPage, forget_searches, write_page
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON

URL = "/api/v1/conditions"
HUM: dict[str, Any] = {
    "slug": "ear-hum",
    "name": "Ear hum",
    "alternate_names": ["singing ear"],
    "title": "Ear hum",
    "summary": "A low tone that nobody else hears.",
    "sections": [
        {"id": "tone", "aspect": "symptoms", "headline": "The tone", "body": "It soothes <b>."}
    ],
    "faqs": [{"id": "sing", "question": "Can I sing along?", "answer": "Yes & gladly."}],
}


def ask(client: Client, query: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(URL, {"q": query, **parameters})
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def list_slugs(client: Client, query: str, **parameters: Any) -> list[str]:
    return [item["slug"] for item in ask(client, query, **parameters)["items"]]


def test_it_finds_the_best_answer_first(client: Client, publish_page: PublishPage) -> None:
    publish_page(**HUM)
    publish_page(summary="Most ears stop glowing by themselves, and none hums.")

    assert list_slugs(client, "humming ears") == ["ear-hum", "ear-glow"]


def test_an_item_is_the_card_with_a_snippet_and_its_part(
    client: Client, publish_page: PublishPage
) -> None:
    edition = publish_page(**HUM)

    response = client.get(URL, {"q": "sing along"})

    card = bytes(Rendition.objects.get(edition=edition, format="card").body)
    assert response.content.startswith(b'{"items":[' + card[:-1] + b',"snippet":{')
    [item] = response.json()["items"]
    assert item["matched"] == "faqs/sing"
    assert item["snippet"] == {
        "html": "Can I <mark>sing</mark> <mark>along</mark>? Yes &amp; gladly.",
        "text": "Can I sing along? Yes & gladly.",
    }


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("tone nobody hears", "summary"),
        ("soothing", "sections/tone"),
        ("sing along", "faqs/sing"),
        ("smoke", "red_flags/smoke"),
        ("singing ear", "alternate_names"),
        ("ear hum", "name"),
    ],
)
def test_it_says_which_part_answers(
    client: Client, publish_page: PublishPage, query: str, part: str
) -> None:
    publish_page(**HUM)

    assert ask(client, query)["items"][0]["matched"] == part


def test_what_looks_like_markup_in_a_page_is_escaped(
    client: Client, publish_page: PublishPage
) -> None:
    sign = "<script>alert('glow')</script> & <mark>"
    flag = {"id": "x", "sign": sign, "urgency": "emergency", "action": "Call."}
    publish_page(red_flags=[flag])

    [item] = ask(client, "alert script")["items"]

    assert "<script" not in item["snippet"]["html"]
    assert re.findall(r"<(?!/?mark>)", item["snippet"]["html"]) == []
    assert "<script>alert('glow')</script> & <mark>" in item["snippet"]["text"]


def test_it_says_what_it_searched_for_where_words_were_misspelt(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    answer = ask(client, "Is the ear glwoing?")

    assert answer["corrected"] == "Is the ear glowing?"
    assert [item["slug"] for item in answer["items"]] == ["ear-glow"]
    assert "corrected" not in ask(client, "glowing ears")


def test_nothing_found_is_an_empty_list(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    assert ask(client, "qqqqqqqq") == {"items": [], "next": None}
    assert ask(client, "the") == {"items": [], "next": None}


def test_an_empty_service_finds_nothing(client: Client, db: None) -> None:
    assert ask(client, "ear") == {"items": [], "next": None}


def test_only_what_is_live_is_found(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage, editor: User
) -> None:
    publish_page(summary="It shimmers.")
    publish_page(minutes=1, summary="It sparkles.")
    publish_page(**HUM)
    withdraw_page("ear-hum")
    write_page(editor, NOON, slug="ear-itch", name="Ear itch")

    assert list_slugs(client, "ear") == ["ear-glow"]
    for gone in ("shimmer", "hum", "itch"):
        assert list_slugs(client, gone) == []


def test_it_is_narrowed_as_the_list_is(client: Client, publish_page: PublishPage) -> None:
    code = {"system": "icd10cm", "code": "H93.1", "display": "Tinnitus"}
    publish_page(codes=[code])
    publish_page(**HUM)

    assert list_slugs(client, "ear", code="icd10cm:H93.1") == ["ear-glow"]
    assert list_slugs(client, "ear", code="icd10cm:H93.2") == []
    assert list_slugs(client, "ear", topic="legs") == []
    assert len(list_slugs(client, "ear", reviewed_before="2026-11-22")) == 2
    assert list_slugs(client, "ear", reviewed_before="2026-11-21") == []


def test_without_a_locale_each_page_is_searched_in_its_own_language(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    spanish: dict[str, Any] = {
        "name": "Oído brillante",
        "summary": "El corazón late.",
        "sections": [],
        "faqs": [],
    }
    publish_page(locale="es", **spanish)

    assert [i["locale"] for i in ask(client, "corazones")["items"]] == ["es"]
    assert [i["locale"] for i in ask(client, "smoke")["items"]] == ["en", "es"]
    assert [i["locale"] for i in ask(client, "smoke", locale="es")["items"]] == ["es"]
    assert ask(client, "corazones", locale="en")["items"] == []


def test_following_next_shows_each_document_once_in_the_order_of_the_answer(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(5):
        publish_page(slug=f"page-{number}", minutes=number)

    seen, url = [], f"{URL}?q=glowing+ear&limit=2&locale=en"
    while url:
        page = client.get(url).json()
        seen += [item["slug"] for item in page["items"]]
        url = page["next"]

    assert seen == [f"page-{number}" for number in range(5)]


def test_what_is_published_meanwhile_shows_nothing_twice(
    client: Client, publish_page: PublishPage
) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number)
    first = ask(client, "glowing ear", limit=2)
    publish_page(slug="page-0a", minutes=9)

    second = client.get(first["next"]).json()

    shown = [item["slug"] for page in (first, second) for item in page["items"]]
    assert shown == ["page-0", "page-1", "page-2"]


def test_the_answer_goes_on_also_after_a_page_that_was_withdrawn_meanwhile(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    for number in range(3):
        publish_page(slug=f"page-{number}", minutes=number)
    first = ask(client, "glowing ear", limit=1)
    withdraw_page("page-0")

    second = client.get(first["next"]).json()

    assert [item["slug"] for item in second["items"]] == ["page-1"]


def test_a_cursor_beyond_the_end_is_an_empty_page(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    for count in (2, 10**30, -5):
        answer = ask(client, "glowing ear", cursor=write_cursor(count, "gone", "en"))
        assert len(answer["items"]) == (0 if count > 0 else 1)


def test_fields_keep_what_must_be_told(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    [item] = ask(client, "ear", fields="title,snippet")["items"]

    kept = {"slug", "locale", "edition", "digest", "red_flags", "review", "disclaimer"}
    assert item.keys() == kept | {"title", "snippet"}


@pytest.mark.parametrize("parameters", [{}, {"code": "icd10cm:H1"}, {"locale": "en"}])
def test_it_costs_two_queries_and_the_same_again_one(
    client: Client, publish_page: PublishPage, parameters: dict[str, str]
) -> None:
    publish_page(codes=[{"system": "icd10cm", "code": "H1", "display": "x"}])
    publish_page(**HUM)
    ask(client, "smoke")  # the process learns the words

    with CaptureQueriesContext(connection) as first:
        items = ask(client, "ear light", **parameters)["items"]
    with CaptureQueriesContext(connection) as again:
        assert ask(client, "ear light", **parameters)["items"] == items

    assert items
    assert (len(first), len(again)) == (2, 1)
    tables = set().union(*(list_tables(query["sql"]) for query in (*first, *again)))
    assert not [name for name in tables if name.startswith("conditions_")]


def test_an_answer_kept_by_the_process_is_never_older_than_the_index(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    assert list_slugs(client, "ear") == ["ear-glow"]

    publish_page(**HUM)
    assert len(list_slugs(client, "ear")) == 2

    withdraw_page()
    assert list_slugs(client, "ear") == ["ear-hum"]


def test_its_headers_let_it_be_kept_and_purged(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, {"q": "ear"})

    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition, condition/ear-glow/en"
    assert response["Vary"] == client.get(URL)["Vary"]


def test_a_client_that_holds_the_answer_gets_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(URL, {"q": "ear"})["ETag"]

    unchanged = client.get(URL, {"q": "ear"}, headers={"If-None-Match": tag})
    publish_page(**HUM)
    changed = client.get(URL, {"q": "ear"}, headers={"If-None-Match": tag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    head = client.head(URL, {"q": "ear"})

    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("query", "pointer", "code", "detail"),
    [
        ("q=", "?q", "invalid_value", "nothing to search for"),
        ("q=%20%09", "?q", "invalid_value", "Give some words, or leave 'q' out"),
        ("q=" + "a" * 201, "?q", "invalid_value", "201 characters long; 200 are allowed"),
        ("q=ear&q=nose", "?q", "repeated_parameter", "Give it once"),
        ("q=ear&as_of=2026-11-21T12:00:00Z", "?as_of", "invalid_value", "what is live now"),
        ("q=ear&nope=1", "?nope", "unknown_parameter", "no parameter 'nope'"),
        ("q=ear&limit=0", "?limit", "invalid_value", "1 to 100"),
        ("q=ear&fields=nope", "?fields", "invalid_value", "snippet, matched"),
        ("q=ear&cursor=nonsense", "?cursor", "invalid_value", "Start again without it"),
        ("q=ear&cursor=" + write_cursor("2026-11-21T12:00:00Z", 1), "?cursor", "invalid_value", ""),
        ("q=ear&locale=english", "?locale", "invalid_value", "not a locale"),
        ("cursor=" + write_cursor(2, "a", "en"), "?cursor", "invalid_value", ""),
    ],
)
def test_it_refuses_what_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str, detail: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert detail in error["detail"]


def test_it_refuses_a_client_that_takes_no_json(client: Client, db: None) -> None:
    response = client.get(URL, {"q": "ear"}, headers={"Accept": "text/html"})

    read_problem(response, 406, "not_acceptable")


@pytest.mark.parametrize(
    "query",
    [
        'glow"',
        "glow AND",
        "NOT glow",
        "NEAR(glow, ear)",
        "lexemes:glow",
        "(glow",
        "glow*",
        "glow & | ! <-> ear",
        "glow\x00",
        "glow \U0001f600",
        "'; DROP TABLE search_entry; --",
        "%s %(x)s %%",
        "1:glow/4 glow",
        "glow " + "x" * 190,
        "glow \u202eraе",
    ],
)
def test_what_means_something_to_a_database_is_only_words(
    client: Client, publish_page: PublishPage, query: str
) -> None:
    publish_page()

    response = client.get(f"{URL}?q={quote(query)}")

    assert response.status_code == 200
    if "glow" in query:
        assert [item["slug"] for item in response.json()["items"]] == ["ear-glow"]


def test_any_text_may_be_asked(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(**HUM)
    words = st.sampled_from(["ear", "glow", "hum", "the", "AND", '"', "light", "1:ear", "smoek"])
    texts = st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
        st.lists(words, min_size=1, max_size=20).map(" ".join),
    )

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
    @given(texts)
    def check(text: str) -> None:
        response = client.get(URL, {"q": text})

        if text.strip():
            assert response.status_code == 200
            assert {item["slug"] for item in response.json()["items"]} <= {"ear-glow", "ear-hum"}
        else:
            read_problem(response, 400, "invalid_parameters")

    check()


def test_a_key_needs_the_scope_to_read(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    without = client.get(URL, {"q": "ear"}, headers=bearer(make_key("triage")))
    with_it = client.get(URL, {"q": "ear"}, headers=bearer(make_key("read")))

    read_problem(without, 403, "scope_missing")
    assert [item["slug"] for item in with_it.json()["items"]] == ["ear-glow"]


def test_a_process_that_starts_answers_the_same(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    answer = ask(client, "glowing")

    forget_searches()

    assert ask(client, "glowing") == answer


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(f"{URL}?q=ear"), 405, "method_not_allowed")
