"""`GET /api/v1/triage/protocols/{slug}/timemap`, and the past by `Accept-Datetime`."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.conditional import format_http_date
from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.conftest import Press

PAGE = "/api/v1/triage/protocols/tooth-hum"
URL = f"{PAGE}/timemap"


def test_it_lists_every_edition_with_its_time(
    client: Client, press: Press, published: Edition
) -> None:
    second = press.publish_protocol(title="Another title")

    response = client.get(URL)

    assert response["Content-Type"] == "application/link-format"
    assert re.findall(r'<([^>]*)>; rel="[^"]*memento"; datetime="([^"]*)"', response.text) == [
        (f"{PAGE}/editions/1?locale=en", format_http_date(published.published_at)),
        (f"{PAGE}/editions/2?locale=en", format_http_date(second.published_at)),
    ]


def test_the_protocol_leads_to_it(client: Client, published: Edition) -> None:
    links = client.get(PAGE)["Link"]

    assert f'<{PAGE}?locale=en>; rel="original timegate"' in links
    assert f'<{URL}?locale=en>; rel="timemap"; type="application/link-format"' in links


def test_accept_datetime_sends_what_was_live_then(
    client: Client, press: Press, published: Edition
) -> None:
    press.publish_protocol(title="Another title")
    moment = format_http_date(published.published_at)

    then = client.get(PAGE, headers={"Accept-Datetime": moment})

    assert then.json()["edition"] == 1
    assert then["Memento-Datetime"] == moment
    assert then["Content-Location"] == f"{PAGE}/editions/1?locale=en&format=json"


def test_what_was_withdrawn_keeps_its_times(
    client: Client, press: Press, published: Edition
) -> None:
    press.withdraw()

    assert b"/editions/1?locale=en" in client.get(URL).content


def test_it_costs_one_query(
    client: Client, published: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get(URL)


def test_a_protocol_that_was_only_drafted_has_no_times(client: Client, press: Press) -> None:
    press.save_protocol()

    problem = read_problem(client.get(URL), 404, "not_found")

    assert "/api/v1/triage/protocols" in problem["detail"]


def test_it_takes_no_other_parameters(client: Client, db: None) -> None:
    response = client.get(URL, {"format": "json"})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == ("?format", "unknown_parameter")


def test_it_refuses_what_it_cannot_send(client: Client, published: Edition) -> None:
    response = client.get(URL, headers={"Accept": "text/html"})

    assert "application/link-format" in read_problem(response, 406, "not_acceptable")["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
