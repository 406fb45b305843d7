"""`POST /api/v1/triage/protocols/{slug}/next`: what to ask, and whether asking may stop."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.conftest import URL as EVALUATE
from tests.triage.api.conftest import Send
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from triage.api.shapes import NextShape

URL = EVALUATE.replace("/evaluate", "/next")
ALL = ["hum", "smoke", "glow", "fever", "one_tooth", "all_teeth", "sweets", "sore_jaw"]


def ask(send: Send, **body: Any) -> dict[str, Any]:
    response = send(body, url=URL)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def test_it_asks_what_an_evaluation_would_ask(send: Send, published: Edition) -> None:
    body = {"findings": {"hum": "present"}, "speaker": "carer"}

    answer = ask(send, **body)

    evaluation = json.loads(send(body).content)
    assert list(answer) == ["protocol", "status", "next_questions", "may_stop"]
    assert list_faults(NextShape, answer) == []
    for member in ("protocol", "status", "next_questions"):
        assert answer[member] == evaluation[member]
    assert not answer["may_stop"]


def test_nothing_is_asked_after_an_emergency(send: Send, published: Edition) -> None:
    answer = ask(send, findings={"smoke": "present"})

    assert (answer["status"], answer["next_questions"]) == ("complete", [])
    assert answer["may_stop"]


def test_nobody_is_asked_again_after_dont_know(send: Send, published: Edition) -> None:
    answer = ask(send, findings=dict.fromkeys(ALL, "unknown"), age_years=40, sex="female")

    assert answer["next_questions"] == []
    assert answer["may_stop"]


def test_it_takes_one_query_and_is_kept_nowhere(send: Send, published: Edition) -> None:
    ask(send)

    with CaptureQueriesContext(connection) as queries:
        response = send({}, url=URL)

    assert len(queries) == 1
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[]", 400, "malformed_json"),
        ({"x": 1}, 400, "unknown_member"),
        ({"findings": {"humm": "present"}}, 422, "invalid_values"),
        ({"region": "XX"}, 422, "invalid_values"),
        ({"previous": "r1"}, 422, "receipt_invalid"),
    ],
)
def test_it_refuses_what_an_evaluation_refuses(
    send: Send, published: Edition, body: Any, status: int, code: str
) -> None:
    read_problem(send(body, url=URL), status, code)


def test_an_unknown_protocol_is_404(send: Send, db: None) -> None:
    read_problem(send({}, url=URL), 404, "not_found")


def test_a_withdrawn_protocol_is_410(send: Send, press: Press, published: Edition) -> None:
    press.withdraw()

    read_problem(send({}, url=URL), 410, "withdrawn")


def test_another_method_is_405(client: Client, published: Edition) -> None:
    response = client.get(URL)

    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
