"""What the field of an expression learns: words, or the error at its character."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Document
from tests.triage.admin.protocol_desk import ProtocolDesk, sit_down

pytestmark = pytest.mark.django_db

NAMES = {
    "findings": {"hum": "humming tooth", "fever": "fever"},
    "scores": {"hum_score": "Hum score"},
}


def ask(desk: ProtocolDesk, text: str) -> Any:
    response = desk.post("expression", {"text": text, **NAMES})
    assert response.status_code == 200
    return response.json()


def test_it_says_the_expression_in_words(desk: ProtocolDesk) -> None:
    answer = ask(desk, "hum and hum_score >= 2")

    assert answer == {"words": "humming tooth and Hum score is at least 2"}


@pytest.mark.parametrize(
    ("text", "start", "length", "hint"),
    [
        ("hum and\nnot fevr", 12, 4, "did you mean fever?"),
        ("hum or = 2", 7, 1, "write == to compare"),
        ("hum and", 7, 0, "add a finding, or remove the last word"),
        ("(hum", 0, 1, "add )"),
        ("", 0, 0, "name a finding, for example fever"),
    ],
)
def test_an_error_names_its_characters(
    desk: ProtocolDesk, text: str, start: int, length: int, hint: str
) -> None:
    error = ask(desk, text)["error"]

    assert (error["start"], error["length"], error["hint"]) == (start, length, hint)
    assert error["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 1, **NAMES},
        {"text": "hum", "findings": [], "scores": {}},
        {"text": "hum", "findings": {"hum": 1}, "scores": {}},
    ],
)
def test_what_is_no_question_is_refused(desk: ProtocolDesk, body: Any) -> None:
    assert desk.post("expression", body).status_code == 400


def test_only_editors_may_ask(reviewer: User, document: Document) -> None:
    response = sit_down(reviewer, document).post("expression", {"text": "hum", **NAMES})

    assert response.status_code == 403
    assert response.json()["message"] == "You may not change drafts."
