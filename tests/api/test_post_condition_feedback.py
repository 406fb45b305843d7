"""`POST /api/v1/conditions/{slug}/feedback`: was this page helpful?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from calfcms.feedback.api.views import FeedbackView
from calfcms.feedback.models import Feedback
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem

URL = "/api/v1/conditions/ear-glow/feedback"


@pytest.fixture(autouse=True)
def _forget_counted_calls(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def send(client: Client, url: str = URL, **body: Any) -> Any:
    """Send this message about edition 1, unless it says otherwise."""
    return client.post(url, {"kind": "error", "edition": 1} | body, content_type="application/json")


def test_a_message_lands_in_the_inbox(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()
    part = edition.read_content()["red_flags"][0]["id"]

    response = send(client, message="It is not red.", part=part)

    assert response.status_code == 202
    assert response["Cache-Control"] == "no-store"
    feedback = Feedback.objects.get()
    assert response.json() == {"id": str(feedback.pk), "status": "received"}
    assert (feedback.edition, feedback.part) == (edition, part)
    assert (feedback.kind, feedback.message) == ("error", "It is not red.")


def test_a_message_may_be_left_out(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    assert send(client, kind="helpful").status_code == 202
    assert send(client, kind="helpful", message=None, part=None).status_code == 202


def test_an_old_edition_can_be_spoken_of(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, title="Other title")

    assert send(client, edition=1).status_code == 202


def test_a_withdrawn_page_can_be_spoken_of(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    withdraw_page()

    assert send(client).status_code == 202


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"kind": "praise"}, "/kind", "invalid_kind"),
        ({"kind": None}, "/kind", "invalid_kind"),
        ({"kind": ["error"]}, "/kind", "invalid_kind"),
        ({"edition": None}, "/edition", "invalid_edition"),
        ({"edition": "1"}, "/edition", "invalid_edition"),
        ({"edition": True}, "/edition", "invalid_edition"),
        ({"edition": 0}, "/edition", "invalid_edition"),
        ({"edition": 2**31}, "/edition", "invalid_edition"),
        ({"edition": 7}, "/edition", "unknown_edition"),
        ({"part": "tail-glow"}, "/part", "unknown_part"),
        ({"part": "x" * 121}, "/part", "too_long"),
        ({"part": 3}, "/part", "not_text"),
        ({"message": "x" * 4001}, "/message", "too_long"),
        ({"message": {}}, "/message", "not_text"),
        ({"message": "null \x00 character"}, "/message", "control_character"),
    ],
)
def test_a_value_that_does_not_fit_is_named(
    client: Client, publish_page: PublishPage, body: dict[str, Any], pointer: str, code: str
) -> None:
    publish_page()

    problem = read_problem(send(client, **body), 422, "invalid_values")

    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [(pointer, code)]
    assert not Feedback.objects.exists()


def test_everything_wrong_is_said_at_once(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    problem = read_problem(send(client, kind="x", edition=0), 422, "invalid_values")

    assert [error["pointer"] for error in problem["errors"]] == ["/kind", "/edition"]


def test_an_unknown_member_is_refused(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    problem = read_problem(send(client, mesage="It is red."), 400, "unknown_member")

    assert "Did you mean 'message'?" in problem["detail"]


def test_an_unknown_page_is_not_found(client: Client, db: None) -> None:
    read_problem(send(client, "/api/v1/conditions/nowhere/feedback"), 404, "not_found")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_post_is_possible(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "POST, OPTIONS"


def test_other_media_types_are_refused(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.post(URL, "kind=error", content_type="application/x-www-form-urlencoded")

    read_problem(response, 415, "unsupported_media_type")


def test_too_many_messages_from_one_address_are_refused(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    for _ in range(FeedbackView.limit.calls):
        assert send(client).status_code == 202

    response = send(client)

    read_problem(response, 429, "throttled")
    assert response["Retry-After"] == "60"
    assert "r=0" in response["RateLimit"]
    assert (
        client.post(
            URL,
            {"kind": "error", "edition": 1},
            content_type="application/json",
            REMOTE_ADDR="192.0.2.9",
        ).status_code
        == 202
    )
    assert Feedback.objects.count() == FeedbackView.limit.calls + 1
