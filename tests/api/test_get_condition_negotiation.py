"""`GET /api/v1/conditions/{slug}`: the format and the locale that fit the client."""

import pytest
from django.test import Client

from calfcms.publishing.models import Rendition
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem

URL = "/api/v1/conditions/ear-glow"


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
