"""`GET /api/v1/triage/protocols/{slug}/findings`: the vocabulary, whole or searched."""

import hashlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import make_content
from triage.api.shapes import FindingList

URL = "/api/v1/triage/protocols/tooth-hum/findings"


def list_ids(client: Client, query: str) -> list[str]:
    return [finding["id"] for finding in client.get(URL, {"q": query}).json()["items"]]


def test_it_gives_the_whole_vocabulary_in_its_order(client: Client, published: Edition) -> None:
    answer = client.get(URL).json()

    assert answer["protocol"] == {
        "slug": "tooth-hum",
        "edition": 1,
        "digest": published.digest,
    }
    assert answer["items"] == make_content()["findings"]
    assert answer["next"] is None


def test_a_finding_says_what_to_ask_and_why(client: Client, published: Edition) -> None:
    hum, smoke, *_ = client.get(URL).json()["items"]

    assert hum["question"] == "Does a tooth hum?"
    assert hum["help"] == "Put an ear to the cheek."
    assert hum["synonyms"] == ["buzzing tooth", "singing molar"]
    assert hum["codes"][0]["relation"] == "exact"
    assert (smoke["red_flag"], smoke["why"]) == (True, "Smoke means fire.")


def test_it_has_the_shape_that_is_documented(client: Client, published: Edition) -> None:
    assert list_faults(FindingList, client.get(URL).json()) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("molar", ["hum"]),
        ("SINGING", ["hum", "sweets"]),
        ("smok", ["smoke"]),
        ("feever", ["fever"]),
        ("swets", ["sweets"]),
        ("glowing gum", ["glow"]),
        ("elbow", []),
        ("???", []),
    ],
)
def test_it_searches_and_tolerates_misspelling(
    client: Client, published: Edition, query: str, found: list[str]
) -> None:
    assert list_ids(client, query) == found


def test_it_takes_one_query(client: Client, published: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(URL, {"q": "hum"})

    assert len(queries) == 1


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, published: Edition
) -> None:
    response = client.get(URL, headers={"Origin": "https://partner.example"})

    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "protocol/tooth-hum, protocol/tooth-hum/en"
    assert response["Content-Language"] == "en"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"accept", "accept-language"} <= set(response["Vary"].lower().split(", "))


def test_a_client_that_holds_the_bytes_gets_304(client: Client, published: Edition) -> None:
    tag = client.get(URL)["ETag"]

    same = client.get(URL, headers={"If-None-Match": tag})
    other = client.get(URL, {"q": "hum"}, headers={"If-None-Match": tag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_head_is_get_without_the_body(client: Client, published: Edition) -> None:
    head = client.head(URL)

    assert (head.status_code, head.content) == (200, b"")


def test_the_locale_is_the_best_that_is_published(
    client: Client, press: Press, published: Edition
) -> None:
    press.publish_both(locale="hi")

    named = client.get(URL, {"locale": "hi"})
    accepted = client.get(URL, headers={"Accept-Language": "hi"})

    assert named["Content-Language"] == accepted["Content-Language"] == "hi"


def test_a_withdrawn_protocol_is_410(client: Client, press: Press, published: Edition) -> None:
    press.withdraw()

    read_problem(client.get(URL), 410, "withdrawn")


def test_a_protocol_that_is_not_there_is_404(client: Client, press: Press) -> None:
    press.save_protocol()

    read_problem(client.get(URL), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("q=", "?q", "invalid_value"),
        ("q=%20%20", "?q", "invalid_value"),
        (f"q={'x' * 201}", "?q", "invalid_value"),
        ("q=a&q=b", "?q", "repeated_parameter"),
        ("search=a", "?search", "unknown_parameter"),
        ("limit=5", "?limit", "unknown_parameter"),
        ("locale=EN", "?locale", "invalid_value"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, published: Edition, query: str, pointer: str, code: str
) -> None:
    response = client.get(f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)


def test_it_refuses_what_it_cannot_send(client: Client, published: Edition) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
