"""`GET /conditions/{slug}` in other languages: which is sent, and what it says of its source."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.digest import digest_of, digest_of_bytes
from calfcms.publishing.models import Edition, Rendition
from calfcms.publishing.overdue_reading import marked_bodies
from calfcms.publishing.reading import bodies
from conditions.renditions.labels import get_labels
from tests.api.conftest import PublishPage, WithdrawPage, after_noon
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer

pytestmark = pytest.mark.django_db

LIST = "/api/v1/conditions"
URL = f"{LIST}/ear-glow"
HINDI = {"locale": "hi", "title": "कान की चमक", "translation_of": {"locale": "en", "edition": 1}}
STALE = get_labels("hi").stale
GONE = get_labels("hi").source_withdrawn
LATER = after_noon(24 * 60)


@pytest.fixture(autouse=True)
def _pages(publish_page: PublishPage) -> None:
    """A page, and a minute later its Hindi translation, of which only the red flags are there."""
    marked_bodies.clear()
    publish_page()
    publish_page(minutes=1, sections=[], faqs=[], **HINDI)


@pytest.fixture
def moved_on(publish_page: PublishPage) -> Edition:
    """The source's second edition, ten minutes after noon."""
    return publish_page(minutes=10, title="Ear glow, revised")


def read(
    client: Client,
    query: str = "?locale=hi",
    *,
    at: datetime = LATER,
    headers: dict[str, str] | None = None,
) -> Any:
    with time_machine.travel(at, tick=False):
        return client.get(URL + query, headers=headers)


def read_stored(name: str, locale: str = "hi") -> bytes:
    stored = Rendition.objects.filter(format=name, edition__document__locale=locale)
    return bytes(stored.latest("pk").body)


@pytest.fixture
def _spanish(publish_page: PublishPage) -> None:
    publish_page(minutes=2, **HINDI | {"locale": "es", "title": "Brillo del oído"})


@pytest.mark.usefixtures("_spanish")
@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("hi", "hi"),
        ("hi-IN, en;q=0.5", "hi"),
        ("es-MX", "es"),
        ("ES", "es"),
        ("fr, es;q=0.8, en;q=0.4", "es"),
        ("hi;q=0.3, es;q=0.6, en;q=0.5", "es"),
        ("en-IN, hi;q=0.9", "en"),
        ("fr", "en"),
        ("hi;q=0", "en"),
        ("", "en"),
    ],
)
def test_a_reader_gets_the_best_language_that_there_is(
    client: Client, accepted: str, locale: str
) -> None:
    response = read(client, "", headers={"Accept-Language": accepted})

    assert response["Content-Language"] == response.json()["locale"] == locale
    assert f"locale={locale}&" in response["Content-Location"]
    assert "Accept-Language" in response["Vary"]


def test_where_there_is_no_translation_the_source_is_sent(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page(minutes=3, slug="ear-hum")

    with time_machine.travel(LATER, tick=False):
        response = client.get(f"{LIST}/ear-hum", headers={"Accept-Language": "hi, es"})

    assert response["Content-Language"] == "en"
    assert "Content-Translation" not in response


@pytest.mark.usefixtures("_spanish")
def test_a_language_that_was_named_is_that_or_nothing(client: Client) -> None:
    problem = read_problem(read(client, "?locale=fr"), 404, "not_found")

    assert "en, es, hi" in problem["detail"]


def test_a_stale_translation_is_still_the_readers_language(
    client: Client, moved_on: Edition
) -> None:
    response = read(client, "", headers={"Accept-Language": "hi, en;q=0.9"})

    assert response["Content-Language"] == "hi"
    assert response.json()["translation"]["stale"] is True


def test_it_says_what_it_translates_and_how_well(client: Client) -> None:
    source = Edition.objects.get(document__locale="en")

    translation = read(client).json()["translation"]

    note = translation.pop("note")
    assert translation == {
        "of": {
            "locale": "en",
            "edition": 1,
            "digest": source.digest,
            "url": f"{URL}/editions/1?locale=en",
        },
        "is_complete": False,
        "is_reviewed": False,
    }
    assert get_labels("hi").translation_unreviewed in note


def test_the_address_of_its_source_leads_there(client: Client) -> None:
    source = read(client).json()["translation"]["of"]

    found = client.get(source["url"]).json()

    assert (found["digest"], found["locale"]) == (source["digest"], "en")


def test_the_header_says_it_for_every_format(client: Client) -> None:
    for name in ("json", "jsonld", "html", "md"):
        response = read(client, f"?locale=hi&format={name}")

        assert response["Content-Translation"] == 'source="en/1"'


def test_the_source_is_no_translation(client: Client) -> None:
    response = read(client, "?locale=en")

    assert response.json()["translation"] is None
    assert "Content-Translation" not in response


def test_no_choice_of_fields_leaves_it_out_of_a_translation(client: Client) -> None:
    assert "translation" in read(client, "?locale=hi&fields=title").json()
    assert "translation" not in read(client, "?locale=en&fields=title").json()


def test_before_its_source_moves_on_nothing_is_said(client: Client, moved_on: Edition) -> None:
    as_of = "2026-11-21T12:09:59Z"

    response = read(client, f"?locale=hi&as_of={as_of}")

    assert response.content == read_stored("json")
    assert response["Content-Translation"] == 'source="en/1"'


def test_from_then_on_the_answer_is_marked(client: Client, moved_on: Edition) -> None:
    response = read(client)

    assert response["Content-Translation"] == 'source="en/1", stale'
    assert response.json()["translation"]["stale"] is True
    assert "source_withdrawn" not in response.json()["translation"]


def test_without_the_mark_it_is_the_edition_that_was_signed(
    client: Client, moved_on: Edition
) -> None:
    edition = read(client).json()

    del edition["translation"]["stale"]

    assert edition == json.loads(read_stored("json"))
    assert edition.pop("digest") == digest_of(edition)


@pytest.mark.parametrize("name", ["html", "md"])
def test_pages_say_it_in_their_own_language_after_the_title(
    client: Client, moved_on: Edition, name: str
) -> None:
    stored = read_stored(name).decode()

    marked = read(client, f"?locale=hi&format={name}").content.decode()

    before, _, after = marked.partition(STALE)
    assert "कान की चमक" in before
    assert len(before) < 250
    assert stored.endswith(after.partition("\n")[2].lstrip("\n"))


def test_json_ld_has_no_term_for_it_but_the_header_says_it(
    client: Client, moved_on: Edition
) -> None:
    response = read(client, "?locale=hi&format=jsonld")

    assert response.content == read_stored("jsonld")
    assert response["Content-Translation"] == 'source="en/1", stale'


def test_the_tag_is_of_the_bytes_that_were_sent(client: Client, publish_page: PublishPage) -> None:
    before = read(client)

    publish_page(minutes=10, title="Ear glow, revised")
    after = read(client)

    assert after["ETag"] == f'"{digest_of_bytes(after.content)}"'
    assert after["ETag"] != before["ETag"]
    assert before["Last-Modified"] == "Sat, 21 Nov 2026 12:01:00 GMT"
    assert after["Last-Modified"] == "Sat, 21 Nov 2026 12:10:00 GMT"


@pytest.mark.parametrize("is_warm", [True, False])
def test_a_reader_who_holds_the_unmarked_bytes_gets_the_marked_ones(
    client: Client, publish_page: PublishPage, is_warm: bool
) -> None:
    tag = read(client)["ETag"]
    publish_page(minutes=10, title="Ear glow, revised")
    if not is_warm:
        bodies.clear()

    response = read(client, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert response.json()["translation"]["stale"] is True


def test_a_reader_who_holds_the_marked_bytes_need_not_fetch_them_again(
    client: Client, moved_on: Edition
) -> None:
    tag = read(client)["ETag"]

    response = read(client, headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response["Content-Translation"] == 'source="en/1", stale'


@pytest.mark.parametrize("is_warm", [True, False])
def test_a_marked_read_is_one_query(
    client: Client,
    moved_on: Edition,
    is_warm: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    if is_warm:
        read(client)

    with django_assert_num_queries(1):
        response = read(client)

    assert response.json()["translation"]["stale"] is True


def test_a_numbered_edition_stays_as_it_was_published(client: Client, moved_on: Edition) -> None:
    response = read(client, "/editions/1?locale=hi")

    assert response.content == read_stored("json")
    assert response["Content-Translation"] == 'source="en/1"'


def test_a_new_edition_of_the_translation_ends_it(
    client: Client, publish_page: PublishPage, moved_on: Edition
) -> None:
    publish_page(minutes=20, **HINDI | {"translation_of": {"locale": "en", "edition": 2}})

    response = read(client)

    assert response["Content-Translation"] == 'source="en/2"'
    assert "stale" not in response.json()["translation"]


def test_it_can_be_stale_and_overdue_at_once(client: Client, moved_on: Edition) -> None:
    at = LATER + timedelta(days=400)

    edition = read(client, at=at).json()
    page = read(client, "?locale=hi&format=html", at=at).content.decode()

    assert edition["translation"]["stale"] is edition["review"]["overdue"] is True
    assert STALE in page
    assert get_labels("hi").overdue.partition("{")[0] in page


def test_marks_of_one_kind_are_not_taken_for_those_of_another(
    client: Client, moved_on: Edition
) -> None:
    stale = read(client).content
    both = read(client, at=LATER + timedelta(days=400)).content

    assert read(client).content == stale != both


def test_parts_and_lists_say_it_too(client: Client, moved_on: Edition) -> None:
    with time_machine.travel(LATER, tick=False):
        faqs = client.get(f"{URL}/faqs?locale=hi").json()
        red_flags = client.get("/api/v1/red-flags?locale=hi").json()["items"][0]
        card = client.get(f"{LIST}?locale=hi").json()["items"][0]

    for answer in (faqs, red_flags, card):
        assert answer["translation"]["stale"] is True


def test_a_list_that_was_sent_before_is_marked_as_well(
    client: Client, publish_page: PublishPage
) -> None:
    with time_machine.travel(LATER, tick=False):
        before = client.get(f"{LIST}?locale=hi").json()["items"][0]
        publish_page(minutes=10, title="Ear glow, revised")
        after = client.get(f"{LIST}?locale=hi").json()["items"][0]
        then = client.get(f"{LIST}?locale=hi&as_of=2026-11-21T12:05:00Z").json()["items"][0]

    assert "stale" not in before["translation"]
    assert after["translation"]["stale"] is True
    assert then == before


def test_an_export_says_it(client: Client, moved_on: Edition) -> None:
    with time_machine.travel(LATER, tick=False):
        response: Any = client.get(f"{LIST}/export")
        lines = b"".join(response.streaming_content).splitlines()

    found = {line["locale"]: line for line in map(json.loads, lines) if "locale" in line}
    assert found["hi"]["translation"]["stale"] is True
    assert found["en"]["translation"] is None


@pytest.mark.parametrize(("path", "url"), [(f"{LIST}/{{slug}}", f"{URL}?locale=hi"), (LIST, LIST)])
def test_marked_answers_fit_their_schema(
    client: Client, moved_on: Edition, path: str, url: str
) -> None:
    with time_machine.travel(LATER, tick=False):
        response = client.get(url)

    check_answer(json.loads(write_openapi()), path, response)


def test_readers_of_the_translation_are_told(client: Client, withdraw_page: WithdrawPage) -> None:
    withdraw_page()

    response = read(client)
    page = read(client, "?locale=hi&format=html").content.decode()

    assert response["Content-Translation"] == 'source="en/1", stale, withdrawn'
    assert response.json()["translation"]["source_withdrawn"] is True
    assert response["Last-Modified"] == "Sat, 21 Nov 2026 13:00:00 GMT"
    assert GONE in page
    assert STALE not in page


def test_what_was_only_stale_before_is_told_anew(
    client: Client, moved_on: Edition, withdraw_page: WithdrawPage
) -> None:
    tag = read(client, at=after_noon(30))["ETag"]
    withdraw_page()

    response = read(client, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert response.json()["translation"]["source_withdrawn"] is True


def test_once_it_is_published_again_they_are_told_so(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    withdraw_page()
    publish_page(minutes=90, title="Ear glow, put right")

    response = read(client)

    assert response["Content-Translation"] == 'source="en/1", stale'
    assert "source_withdrawn" not in response.json()["translation"]


def test_readers_of_the_source_find_the_translation_by_name_only(
    client: Client, withdraw_page: WithdrawPage
) -> None:
    withdraw_page()

    read_problem(read(client, "?locale=en"), 410, "withdrawn")
    assert read(client).status_code == 200


def test_as_of_any_moment_is_what_a_reader_got_then(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    got: dict[int, list[tuple[bytes, str]]] = {}

    def note_what_is_read(minute: int) -> None:
        got[minute] = list_answers(client, "", after_noon(minute))

    note_what_is_read(5)
    publish_page(minutes=10, title="Ear glow, revised")
    note_what_is_read(15)
    publish_page(minutes=20, **HINDI | {"translation_of": {"locale": "en", "edition": 2}})
    note_what_is_read(25)
    withdraw_page(minutes=30)
    note_what_is_read(35)
    publish_page(minutes=40, title="Ear glow, put right")
    note_what_is_read(45)
    publish_page(minutes=50, **HINDI | {"translation_of": {"locale": "en", "edition": 3}})
    note_what_is_read(55)

    for minute, answers in got.items():
        as_of = f"&as_of=2026-11-21T12:{minute:02}:00Z"
        assert list_answers(client, as_of, LATER) == answers
    assert len({answers[0][0] for answers in got.values()}) == 6


def list_answers(client: Client, query: str, at: datetime) -> list[tuple[bytes, str]]:
    """The bytes and the header of every format of the translation, at that moment."""
    responses = [
        read(client, f"?locale=hi&format={name}{query}", at=at)
        for name in ("json", "jsonld", "html", "md")
    ]
    return [(response.content, response["Content-Translation"]) for response in responses]
