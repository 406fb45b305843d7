"""`POST /api/v1/triage/protocols/{slug}/parse`: what it suggests and refuses."""

import json
import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.conftest import Send
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from triage.api.parse_schema import MAX_TEXT, ParseAnswer, ParseBody

URL = "/api/v1/triage/protocols/tooth-hum/parse"
MEMBERS = ["protocol", "suggestions", "age_years", "sex", "note", "disclaimer"]


def parse(send: Send, text: str, **more: Any) -> dict[str, Any]:
    response = send({"text": text, **more}, url=URL)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def refuse_value(send: Send, body: Any) -> dict[str, Any]:
    """The one error for which a body is a 422."""
    [error] = read_problem(send(body, url=URL), 422, "invalid_values")["errors"]
    return dict(error)


@pytest.mark.parametrize("text", ["Hello.", "A buzzing tooth, but no fever.", "63 year old woman"])
def test_it_has_every_member_in_the_documented_shape(
    send: Send, published: Edition, text: str
) -> None:
    answer = parse(send, text)

    assert list(answer) == MEMBERS
    assert list_faults(ParseAnswer, answer) == []
    assert ParseBody.model_validate({"text": text})


def test_it_suggests_with_the_question_and_the_words_that_it_relies_on(
    send: Send, published: Edition
) -> None:
    answer = parse(send, "Since 🌙 a buzzing tooth, but no fever!")

    assert answer["protocol"] == {
        "slug": "tooth-hum",
        "edition": 1,
        "digest": published.digest,
    }
    [hum, fever] = answer["suggestions"]
    assert hum == {
        "finding": "hum",
        "value": "present",
        "phrase": "humming tooth",
        "question": "Does a tooth hum?",
        "words": [{"text": "buzzing tooth", "start": 10, "end": 23}],
    }
    assert (fever["finding"], fever["value"]) == ("fever", "absent")
    assert fever["words"] == [{"text": "no fever", "start": 29, "end": 37}]


def test_it_says_that_it_only_suggests(send: Send, published: Edition) -> None:
    answer = parse(send, "a buzzing tooth")

    assert "only what the person confirms" in answer["note"]
    assert answer["disclaimer"] == "This is information, not a diagnosis."
    assert not {"disposition", "matched", "status"} & answer.keys()


def test_age_and_sex_are_suggested_where_they_are_plain(send: Send, published: Edition) -> None:
    answer = parse(send, "63 year old woman with a buzzing tooth")

    assert answer["age_years"] == {
        "value": 63,
        "words": [{"text": "63 year old", "start": 0, "end": 11}],
    }
    assert answer["sex"] == {
        "value": "female",
        "words": [{"text": "woman", "start": 12, "end": 17}],
    }


def test_a_past_edition_reads_with_its_own_words(
    send: Send, press: Press, published: Edition
) -> None:
    findings = [
        {**finding, "synonyms": ["warbling molar"]} if finding["id"] == "hum" else finding
        for finding in published.read_content()["findings"]
    ]
    press.publish_protocol(findings=findings)
    then = format_instant(published.published_at)

    now = parse(send, "a warbling molar")
    numbered = parse(send, "a warbling molar", edition=1)
    dated = parse(send, "a warbling molar", as_of=then)

    assert [one["finding"] for one in now["suggestions"]] == ["hum"]
    assert numbered["suggestions"] == dated["suggestions"] == []
    assert numbered["protocol"]["edition"] == dated["protocol"]["edition"] == 1


@pytest.mark.parametrize("value", [None, "", " \n", 7, ["a tooth"], {"text": "a"}, True])
def test_without_a_text_it_is_422(send: Send, published: Edition, value: Any) -> None:
    error = refuse_value(send, {"text": value})

    assert (error["pointer"], error["code"]) == ("/text", "invalid_value")
    assert "Send what the person wrote" in error["detail"]


def test_a_body_without_text_is_422(send: Send, published: Edition) -> None:
    assert refuse_value(send, {})["pointer"] == "/text"


def test_the_longest_text_is_read_and_a_longer_one_is_422(send: Send, published: Edition) -> None:
    parse(send, "é" * MAX_TEXT)

    error = refuse_value(send, {"text": "é" * (MAX_TEXT + 1)})

    assert (error["pointer"], error["code"]) == ("/text", "too_long")
    assert error["detail"].startswith("The text has 2001 characters; at most 2000 are read.")


@pytest.mark.parametrize(
    ("member", "value", "says"),
    [
        ("locale", "EN", "such as en, en-GB"),
        ("locale", 1, "1 is not a text"),
        ("edition", 0, "from 1"),
        ("edition", "1", '"1" is not a whole number'),
        ("as_of", "yesterday", "timestamp with time zone"),
        ("as_of", "2999-01-01T00:00:00Z", "lies in the future"),
    ],
)
def test_a_wrong_value_of_a_member_is_422(
    send: Send, published: Edition, member: str, value: Any, says: str
) -> None:
    error = refuse_value(send, {"text": "a tooth", member: value})

    assert (error["pointer"], error["code"]) == (f"/{member}", "invalid_value")
    assert says in error["detail"]


def test_everything_that_is_wrong_is_said_at_once(send: Send, published: Edition) -> None:
    body = {"text": "", "edition": 0, "locale": "?"}

    problem = read_problem(send(body, url=URL), 422, "invalid_values")

    assert [error["pointer"] for error in problem["errors"]] == ["/text", "/edition", "/locale"]


def test_edition_and_moment_are_one_too_many(send: Send, published: Edition) -> None:
    body = {"text": "a tooth", "edition": 1, "as_of": "2026-11-21T12:00:00Z"}

    assert refuse_value(send, body)["code"] == "contradiction"


@pytest.mark.parametrize("member", ["findings", "age_years", "sex", "region", "txt"])
def test_an_unknown_member_is_400_and_named(send: Send, published: Edition, member: str) -> None:
    problem = read_problem(send({"text": "a", member: 1}, url=URL), 400, "unknown_member")

    [error] = problem["errors"]
    assert error["pointer"] == f"/{member}"
    assert "It takes text, locale, edition, as_of." in error["detail"]


@pytest.mark.parametrize("body", ["{", "[]", '"a"', b'{"text": "\xff"}', '{"text": "\\ud800"}'])
def test_a_body_that_is_no_json_object_is_400(
    send: Send, published: Edition, body: str | bytes
) -> None:
    read_problem(send(body, url=URL), 400, "malformed_json")


def test_another_media_type_is_415(send: Send, published: Edition) -> None:
    response = send("no fever", url=URL, content_type="text/plain")

    read_problem(response, 415, "unsupported_media_type")


def test_a_huge_body_is_413(send: Send, db: None) -> None:
    read_problem(send(b" " * (1024 * 1024 + 1), url=URL), 413, "content_too_large")


def test_a_client_that_takes_no_json_is_406(send: Send, published: Edition) -> None:
    read_problem(send({"text": "a"}, url=URL, Accept="text/html"), 406, "not_acceptable")


def test_a_query_parameter_is_400(send: Send, published: Edition) -> None:
    read_problem(send({"text": "a"}, url=f"{URL}?text=a"), 400, "invalid_parameters")


@pytest.mark.parametrize("more", [{"locale": "hi"}, {}])
def test_a_protocol_in_another_language_is_422_and_says_which_is_read(
    send: Send, press: Press, more: dict[str, str]
) -> None:
    press.publish_both(locale="hi")

    response = send({"text": "बुखार", **more}, url=URL, Accept_Language="hi")

    [error] = read_problem(response, 422, "invalid_values")["errors"]
    assert error["pointer"] == ("/locale" if more else "/text")
    assert error["code"] == "unsupported_language"
    assert "free text is read in en only" in error["detail"]


def test_an_unknown_protocol_is_404(send: Send, published: Edition) -> None:
    read_problem(send({"text": "a"}, url=URL.replace("tooth-hum", "gum-fire")), 404, "not_found")


@pytest.mark.parametrize(
    "more", [{"edition": 2}, {"locale": "hi"}, {"as_of": "2026-11-01T00:00:00Z"}]
)
def test_what_is_not_published_is_404(send: Send, published: Edition, more: dict[str, Any]) -> None:
    read_problem(send({"text": "a", **more}, url=URL), 404, "not_found")


def test_a_withdrawn_protocol_is_410(send: Send, press: Press, published: Edition) -> None:
    press.withdraw()

    read_problem(send({"text": "a"}, url=URL), 410, "withdrawn")


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_another_method_is_405(client: Client, published: Edition, method: str) -> None:
    response = getattr(client, method)(URL)

    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")


def test_options_says_what_is_possible(client: Client) -> None:
    response = client.options(URL)

    assert (response.status_code, response["Allow"]) == (204, "POST, OPTIONS")


def test_other_sites_may_ask_without_credentials(client: Client, published: Edition) -> None:
    preflight = client.options(
        URL,
        headers={"Origin": "https://partner.example", "Access-Control-Request-Method": "POST"},
    )

    answer = Client(enforce_csrf_checks=True).post(
        URL,
        '{"text": "no fever"}',
        content_type="application/json",
        headers={"Origin": "https://partner.example"},
    )

    assert "POST" in preflight["Access-Control-Allow-Methods"]
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")


def test_it_takes_one_query_and_writes_nothing(send: Send, published: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        parse(send, "a buzzing tooth, no fever")

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_the_text_is_stored_nowhere_and_logged_nowhere(
    send: Send, published: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = count_rows()

    answered = send({"text": "a buzzing tooth called Zebedee"}, url=URL)
    refused = send({"text": "Zebedee " * MAX_TEXT}, url=URL)

    assert answered["Cache-Control"] == refused["Cache-Control"] == "no-store"
    assert not answered.cookies
    assert count_rows() == before
    assert "Zebedee" not in caplog.text
    assert b"Zebedee" not in answered.content + refused.content


@override_settings(METRICS_TOKEN="let-me-in")
def test_the_text_is_in_no_metric(send: Send, client: Client, published: Edition) -> None:
    parse(send, "a buzzing tooth called Zebedee")

    metrics = client.get("/metrics", headers={"Authorization": "Bearer let-me-in"})

    assert metrics.status_code == 200
    assert b"Zebedee" not in metrics.content


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
