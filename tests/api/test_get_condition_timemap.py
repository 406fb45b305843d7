"""`GET /api/v1/conditions/{slug}/timemap`: every time of a page, as RFC 7089 lists them."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.digest import digest_of_bytes
from tests.api.conftest import PublishPage, WithdrawPage, after_noon, write_page
from tests.api.problems import read_problem
from tests.conftest import make_person

PAGE = "/api/v1/conditions/ear-glow"
URL = f"{PAGE}/timemap"
LINK = re.compile(r'<([^>]*)>((?:; \w+="[^"]*")*)(?:,\n|\n$)')


def read_links(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """The links with their attributes; fails where anything stands between them."""
    text = content.decode()
    found = list(LINK.finditer(text))
    assert "".join(match[0] for match in found) == text
    return [(match[1], dict(re.findall(r'; (\w+)="([^"]*)"', match[2]))) for match in found]


def test_it_lists_every_edition_with_its_time(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")
    publish_page(minutes=20, title="Third")

    response = client.get(URL)

    assert response["Content-Type"] == "application/link-format"
    first, second, third = (f"Sat, 21 Nov 2026 12:{minute}:00 GMT" for minute in ("00", "10", "20"))
    assert read_links(response.content) == [
        (f"{PAGE}?locale=en", {"rel": "original timegate"}),
        (
            f"{URL}?locale=en",
            {"rel": "self", "type": "application/link-format", "from": first, "until": third},
        ),
        (f"{PAGE}/editions/1?locale=en", {"rel": "first memento", "datetime": first}),
        (f"{PAGE}/editions/2?locale=en", {"rel": "memento", "datetime": second}),
        (f"{PAGE}/editions/3?locale=en", {"rel": "last memento", "datetime": third}),
    ]


def test_every_memento_says_the_time_that_the_map_says(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=10, title="Second")

    links = read_links(client.get(URL).content)

    times = {
        place: attributes["datetime"] for place, attributes in links if "datetime" in attributes
    }
    assert len(times) == 2
    for place, time in times.items():
        assert client.get(place)["Memento-Datetime"] == time


def test_one_edition_is_the_first_and_the_last(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    assert b'rel="first last memento"' in client.get(URL).content


def test_the_page_leads_to_it(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    assert f'<{URL}?locale=en>; rel="timemap"' in client.get(PAGE)["Link"]
    assert client.get(f"{URL}?locale=en").status_code == 200


def test_an_edition_that_came_back_is_there_again_by_the_time_when_it_did(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    document = write_page(editor, after_noon(10), summary="Do not look at it.")
    commander = make_person("commander", "break_glass")
    break_glass(
        document=document,
        by=commander,
        at=after_noon(10),
        reason="Fire.",
        deadline_at=after_noon(70),
    )
    with time_machine.travel(after_noon(80), tick=False):
        client.get(PAGE)

    *_, last = read_links(client.get(URL).content)

    place, attributes = last
    assert place == f"{PAGE}?locale=en&as_of=2026-11-21T13:20:00Z"
    assert attributes == {"rel": "last memento", "datetime": "Sat, 21 Nov 2026 13:20:00 GMT"}
    assert client.get(place).json()["edition"] == 1
    assert client.get(place)["Memento-Datetime"] == attributes["datetime"]


def test_other_live_locales_are_alternates(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")
    publish_page(minutes=2, locale="pt-BR")
    withdraw_page()

    hindi = read_links(client.get(URL, {"locale": "hi"}).content)

    assert [link for link in hindi if link[1]["rel"] == "alternate"] == [
        (f"{PAGE}?locale=pt-BR", {"rel": "alternate", "hreflang": "pt-BR"})
    ]
    assert not any("locale=en" in place for place, _ in hindi)


def test_the_locale_is_the_best_that_was_published(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    response = client.get(URL, headers={"Accept-Language": "hi-IN, en;q=0.5"})

    assert response["Content-Language"] == "hi"
    assert response.content == client.get(URL, {"locale": "hi"}).content


def test_what_was_withdrawn_keeps_its_times(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    assert b"/editions/1?locale=en" in client.get(URL).content


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    response = client.get(URL)

    assert response["ETag"] == f'"{digest_of_bytes(response.content)}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert response["Vary"] == "Accept, Accept-Language, Authorization"
    assert "Memento-Datetime" not in response


def test_a_client_that_holds_the_bytes_gets_304_until_there_is_another_time(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    tag = client.get(URL)["ETag"]

    held = client.get(URL, headers={"If-None-Match": tag})
    publish_page(minutes=1, title="Second")
    changed = client.get(URL, headers={"If-None-Match": tag})

    assert (held.status_code, held.content) == (304, b"")
    assert changed.status_code == 200


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get, head = client.get(URL), client.head(URL)

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))


def test_it_costs_one_query_however_many_editions_there_are(
    client: Client, publish_page: PublishPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for minutes in range(3):
        publish_page(minutes=minutes, title=f"Edition {minutes}")

    with django_assert_num_queries(1):
        client.get(URL)


@pytest.mark.parametrize("accept", ["application/link-format", "application/*", "*/*"])
def test_it_is_link_format_for_whoever_takes_that(
    client: Client, publish_page: PublishPage, accept: str
) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": accept})

    assert response["Content-Type"] == "application/link-format"


def test_it_refuses_what_it_cannot_send(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(URL, headers={"Accept": "application/json"})

    assert "application/link-format" in read_problem(response, 406, "not_acceptable")["detail"]


def test_a_page_that_was_never_published_has_no_times(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


def test_a_page_in_other_locales_only_names_them(client: Client, publish_page: PublishPage) -> None:
    publish_page(locale="hi")

    response = client.get(URL, {"locale": "en"})

    assert "hi" in read_problem(response, 404, "not_found")["detail"]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("as_of=2026-11-21T12:00:00Z", "?as_of", "unknown_parameter"),
        ("locale=EN", "?locale", "invalid_value"),
        ("locale=en&locale=hi", "?locale", "repeated_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
