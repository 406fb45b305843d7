"""`GET /api/v1/triage/protocols/{slug}`: the live edition."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Edition, Rendition
from tests.api.problems import read_problem
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import make_content
from triage.api.shapes import ProtocolEdition
from triage.content import ANSWERING

URL = "/api/v1/triage/protocols/tooth-hum"


def test_it_sends_the_stored_bytes(client: Client, published: Edition) -> None:
    response = client.get(URL)

    stored = Rendition.objects.get(edition=published, format="json")
    assert response.status_code == 200
    assert response.content == bytes(stored.body)
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{stored.digest}"'


def test_it_shows_everything_that_answers_depend_on(client: Client, published: Edition) -> None:
    edition = client.get(URL).json()

    content = make_content()
    assert edition["kind"] == "protocol"
    assert {name: edition[name] for name in ANSWERING} == {
        name: content[name] for name in ANSWERING
    }
    assert edition["rules"][0]["disagreement"]["choice"].startswith("We do not wait")
    assert [reference["id"] for reference in edition["references"]] == ["ito-2019", "tooth-board"]
    assert edition["review"]["sign_offs"][0]["role"] == "clinical"
    assert edition["publisher"]["is_demonstration"] is True


def test_it_has_the_shape_that_is_documented(client: Client, published: Edition) -> None:
    assert list_faults(ProtocolEdition, client.get(URL).json()) == []


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, published: Edition
) -> None:
    response = client.get(URL, headers={"Origin": "https://partner.example"})

    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "protocol/tooth-hum, protocol/tooth-hum/en"
    assert response["Content-Location"] == f"{URL}/editions/1?locale=en&format=json"
    assert response["Content-Language"] == "en"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_it_takes_one_query(client: Client, published: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)

    assert len(queries) == 1


def test_a_client_that_holds_the_bytes_gets_304(client: Client, published: Edition) -> None:
    tag = client.get(URL)["ETag"]

    response = client.get(URL, headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")


def test_head_is_get_without_the_body(client: Client, published: Edition) -> None:
    get, head = client.get(URL), client.head(URL)

    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


def test_the_locale_is_the_best_that_is_published(
    client: Client, press: Press, published: Edition
) -> None:
    press.publish_both(locale="hi")

    response = client.get(URL, headers={"Accept-Language": "hi-IN, en;q=0.5"})

    assert response["Content-Language"] == response.json()["locale"] == "hi"


def test_as_of_sends_what_was_live_then(client: Client, press: Press, published: Edition) -> None:
    press.publish_protocol(title="Another title")

    then = client.get(URL, {"as_of": format_instant(published.published_at)})

    assert (then.json()["edition"], client.get(URL).json()["edition"]) == (1, 2)


def test_a_withdrawn_protocol_says_why(client: Client, press: Press, published: Edition) -> None:
    press.withdraw()

    problem = read_problem(client.get(URL), 410, "withdrawn")

    assert problem["reason"] == "It was wrong."
    assert problem["replacement"] is None


def test_a_protocol_that_was_only_drafted_is_404(client: Client, press: Press) -> None:
    press.save_protocol()

    problem = read_problem(client.get(URL), 404, "not_found")

    assert "/api/v1/triage/protocols" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("fields=rulez", "?fields", "invalid_value"),
        ("rules=1", "?rules", "unknown_parameter"),
        ("format=html", "?format", "invalid_value"),
        ("locale=EN", "?locale", "invalid_value"),
        ("as_of=2999-01-01T00:00:00Z", "?as_of", "invalid_value"),
        ("locale=en&locale=hi", "?locale", "repeated_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, db: None, query: str, pointer: str, code: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)


def test_it_refuses_what_it_cannot_send(client: Client, published: Edition) -> None:
    response = client.get(URL, headers={"Accept": "text/html"})

    assert "application/json" in read_problem(response, 406, "not_acceptable")["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
