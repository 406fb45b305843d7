"""`POST /api/v1/recalls/{id}/ack`: a partner has seen a recall, or has removed the edition."""

import json
from typing import Any, Protocol

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from calfcms.publishing.models import Recall
from calfcms.syndication.models import RecallAcknowledgement
from tests.api.conftest import PublishPage
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.api.recalling import recall_page

pytestmark = pytest.mark.django_db


class Acknowledge(Protocol):
    """Sends a body about the recall with a key."""

    def __call__(self, body: Any, *, secret: str = ..., **changes: Any) -> Any: ...


@pytest.fixture
def recalled(publish_page: PublishPage) -> Recall:
    """A page that was recalled."""
    publish_page()
    return recall_page()


@pytest.fixture
def acknowledge(client: Client, recalled: Recall) -> Acknowledge:
    """POST; what is no text is sent as JSON."""
    own = make_key("read")

    def post(body: Any, *, secret: str = own, **changes: Any) -> Any:
        url = changes.get("url", f"/api/v1/recalls/{recalled.pk}/ack")
        data = body if isinstance(body, str) else json.dumps(body)
        media_type = changes.get("media_type", "application/json")
        headers = {**(bearer(secret) if secret else {}), **changes.get("headers", {})}
        return client.post(url, data, content_type=media_type, headers=headers)

    return post


def test_the_word_that_it_is_gone_is_kept(acknowledge: Acknowledge, recalled: Recall) -> None:
    response = acknowledge({"edition_removed": True, "note": " Gone.\n"})

    kept = RecallAcknowledgement.objects.get()
    assert response.status_code == 201
    assert (kept.recall, kept.partner.slug, kept.edition_removed, kept.note) == (
        recalled,
        "acme-clinic",
        True,
        "Gone.",
    )
    answer = response.json()
    answer.pop("acknowledged_at")
    assert answer == {"recall": str(recalled.pk), "edition_removed": True, "note": "Gone."}


def test_an_empty_object_says_that_it_was_seen(acknowledge: Acknowledge) -> None:
    response = acknowledge({})

    assert response.status_code == 201
    assert response.json()["edition_removed"] is False


def test_seen_and_then_removed_are_both_kept(acknowledge: Acknowledge) -> None:
    acknowledge({})

    assert acknowledge({"edition_removed": True}).status_code == 201
    said = RecallAcknowledgement.objects.order_by("pk").values_list("edition_removed", flat=True)
    assert list(said) == [False, True]


def test_saying_it_again_changes_nothing(acknowledge: Acknowledge) -> None:
    first = acknowledge({"edition_removed": True, "note": "Gone."})

    again = acknowledge({"edition_removed": True, "note": "Gone, as I said."})

    assert again.status_code == 200
    assert again.json() == first.json()
    assert RecallAcknowledgement.objects.count() == 1


def test_another_key_of_the_same_partner_speaks_for_it_too(acknowledge: Acknowledge) -> None:
    acknowledge({"edition_removed": True})

    assert acknowledge({"edition_removed": True}, secret=make_key("read")).status_code == 200


def test_each_partner_speaks_for_itself(acknowledge: Acknowledge) -> None:
    acknowledge({"edition_removed": True})

    other = acknowledge({"edition_removed": True}, secret=make_key("read", partner="other"))

    assert other.status_code == 201


def test_what_was_said_cannot_be_changed(acknowledge: Acknowledge) -> None:
    acknowledge({"edition_removed": True})

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        RecallAcknowledgement.objects.update(edition_removed=False)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        RecallAcknowledgement.objects.all().delete()


def test_nobody_may_keep_the_answer(acknowledge: Acknowledge) -> None:
    assert acknowledge({})["Cache-Control"] == "private, no-store"


def test_it_takes_a_key_that_may_read(acknowledge: Acknowledge) -> None:
    read_problem(acknowledge({}, secret=""), 401, "not_authenticated")
    read_problem(acknowledge({}, secret="calf_nothing"), 401, "invalid_key")
    read_problem(acknowledge({}, secret=make_key("triage")), 403, "scope_missing")
    assert not RecallAcknowledgement.objects.exists()


@pytest.mark.parametrize("name", ["00000000-0000-4000-8000-000000000000", "nonsense"])
def test_an_unknown_recall_is_404(acknowledge: Acknowledge, name: str) -> None:
    read_problem(acknowledge({}, url=f"/api/v1/recalls/{name}/ack"), 404, "not_found")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"edition_removed": "yes"}, "/edition_removed", "not_boolean"),
        ({"edition_removed": 1}, "/edition_removed", "not_boolean"),
        ({"edition_removed": None}, "/edition_removed", "not_boolean"),
        ({"note": 5}, "/note", "not_text"),
        ({"note": None}, "/note", "not_text"),
        ({"note": "x" * 2001}, "/note", "too_long"),
        ({"note": "\0"}, "/note", "control_character"),
    ],
)
def test_a_value_of_another_type_is_422(
    acknowledge: Acknowledge, body: dict[str, Any], pointer: str, code: str
) -> None:
    [error] = read_problem(acknowledge(body), 422, "invalid_values")["errors"]

    assert (error["pointer"], error["code"]) == (pointer, code)


def test_an_unknown_member_is_400_with_a_guess(acknowledge: Acknowledge) -> None:
    problem = read_problem(acknowledge({"removed": True}), 400, "unknown_member")

    assert "Did you mean 'edition_removed'?" in problem["detail"]
    assert problem["errors"][0]["pointer"] == "/removed"


@pytest.mark.parametrize("body", [" ", "[]", "{", "null"])
def test_a_body_that_is_no_json_object_is_400(acknowledge: Acknowledge, body: str) -> None:
    read_problem(acknowledge(body), 400, "malformed_json")


def test_it_refuses_other_media_types_parameters_and_methods(
    acknowledge: Acknowledge, client: Client, recalled: Recall
) -> None:
    url = f"/api/v1/recalls/{recalled.pk}/ack"

    read_problem(acknowledge("{}", media_type="text/plain"), 415, "unsupported_media_type")
    read_problem(acknowledge({}, headers={"Accept": "text/html"}), 406, "not_acceptable")
    read_problem(acknowledge({}, url=f"{url}?really=yes"), 400, "invalid_parameters")
    read_problem(client.get(url), 405, "method_not_allowed")
