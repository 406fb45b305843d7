"""Saving from the editor: nothing is overwritten by accident, every refusal says where and why."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Document, Event
from conditions.admin.reading import MAX_BODY
from conditions.models import Condition
from tests.conditions.admin.editor_scene import Desk, sit_down
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def save(desk: Desk, base: Any, draft: Any, **further: Any) -> Any:
    return desk.post("save", {"base": base, "draft": draft, **further})


def test_it_saves_and_says_where_the_draft_stands(desk: Desk) -> None:
    base = desk.read()

    response = save(desk, base, base | {"title": "Ear glow, told anew  "}, comment="A new title")

    answer = response.json()
    assert response.status_code == 200
    assert answer["changed"] is True
    assert answer["draft"] == desk.read() == base | {"title": "Ear glow, told anew"}
    assert answer["standing"]["state"] == "draft"
    assert answer["standing"]["saved_by"] == "Eda Editor"
    assert [p["code"] for p in answer["problems"]] == ["link_to_unpublished_condition"] * 3
    event = Event.objects.order_by("-seq")[0]
    assert (event.action, event.details["comment"]) == ("draft.saved", "A new title")


def test_saving_what_is_there_writes_nothing(desk: Desk) -> None:
    events = Event.objects.count()

    response = save(desk, desk.read(), desk.read())

    assert response.json()["changed"] is False
    assert Event.objects.count() == events


def test_the_address_and_the_language_stay_those_of_the_document(desk: Desk) -> None:
    base = desk.read()

    response = save(desk, base, base | {"slug": "elsewhere", "locale": "fr", "title": "New"})

    assert response.status_code == 200
    assert (desk.read()["slug"], desk.read()["locale"]) == ("ear-glow", "en")


def test_every_fault_is_said_at_its_place_and_nothing_is_saved(desk: Desk) -> None:
    base = desk.read()
    flags = [base["red_flags"][0] | {"sign": ""}, base["red_flags"][1] | {"urgency": "soon"}]
    wrong = base | {"title": "", "red_flags": flags, "review_interval_months": "often"}

    response = save(desk, base, wrong)

    assert response.status_code == 422
    assert {error["pointer"]: error["message"] for error in response.json()["errors"]} == {
        "/title": "Write something here.",
        "/red_flags/0/sign": "Write something here.",
        "/red_flags/1/urgency": ("Choose one of 'self_care', 'routine', 'urgent' or 'emergency'."),
        "/review_interval_months": "Write a whole number.",
    }
    assert desk.read() == base


def test_an_anchor_that_is_used_twice_is_named_where_it_is_used_again(desk: Desk) -> None:
    base = desk.read()
    wrong = base | {"faqs": [base["faqs"][0] | {"id": "at-night"}]}

    errors = save(desk, base, wrong).json()["errors"]

    assert errors == [
        {
            "pointer": "/faqs/0/id",
            "message": "Another part of the page has the anchor at-night too: choose another.",
        }
    ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"publisher": "nobody"}, "/publisher"),
        ({"topics": ["ears", "noses"]}, "/topics/1"),
    ],
)
def test_it_refuses_shared_rows_that_nobody_made(
    desk: Desk, change: dict[str, Any], pointer: str
) -> None:
    base = desk.read()

    response = save(desk, base, base | change)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


def test_whoever_saves_second_is_told_who_changed_what_and_nothing_is_overwritten(
    desk: Desk, other: User, at: datetime
) -> None:
    base = desk.read()
    save_page(make_draft(title="Theirs", attribution="Theirs too"), by=other, at=at)

    response = save(desk, base, base | {"title": "Mine", "license": "Mine too"})

    answer = response.json()
    assert response.status_code == 409
    assert answer["saved_by"] == "Otto Other"
    assert answer["saved_at"] == "2026-11-21T12:00:00Z"
    assert "Theirs too" in answer["changes"]
    assert [conflict["pointer"] for conflict in answer["conflicts"]] == ["/title"]
    conflict = answer["conflicts"][0]
    assert (conflict["base"], conflict["theirs"], conflict["mine"]) == (
        base["title"],
        "Theirs",
        "Mine",
    )
    assert "".join(text for op, text in conflict["my_runs"] if op != "delete") == "Mine"
    assert (
        desk.read() == answer["theirs"] == base | {"title": "Theirs", "attribution": "Theirs too"}
    )


def test_what_was_merged_saves_on_the_new_base(desk: Desk, other: User, at: datetime) -> None:
    base = desk.read()
    save_page(make_draft(attribution="Theirs"), by=other, at=at)
    collision = save(desk, base, base | {"license": "Mine"}).json()

    response = save(desk, collision["theirs"], collision["merged"])

    assert collision["conflicts"] == []
    assert response.status_code == 200
    assert desk.read() == base | {"license": "Mine", "attribution": "Theirs"}


def test_a_third_save_in_between_is_noticed_again(desk: Desk, other: User, at: datetime) -> None:
    base = desk.read()
    save_page(make_draft(attribution="Theirs"), by=other, at=at)
    collision = save(desk, base, base | {"license": "Mine"}).json()
    save_page(make_draft(attribution="Theirs again"), by=other, at=at)

    response = save(desk, collision["theirs"], collision["merged"])

    assert response.status_code == 409
    assert response.json()["merged"]["attribution"] == "Theirs again"


def test_a_draft_that_was_discarded_meanwhile_is_not_written_again(desk: Desk) -> None:
    base = desk.read()
    Condition.objects.all().delete()

    response = save(desk, base, base | {"title": "Mine"})

    assert response.status_code == 409
    assert "discarded" in response.json()["message"]
    assert "merged" not in response.json()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"base": 1, "draft": {}}'])
def test_it_refuses_what_no_editor_sends(desk: Desk, body: bytes) -> None:
    response = desk.client.post(desk.url("save"), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["hint"]


def test_it_refuses_a_base_that_no_server_gave_out(desk: Desk) -> None:
    response = save(desk, {"title": "?"}, desk.read())

    assert response.status_code == 400
    assert "started from" in response.json()["message"]


def test_a_draft_beyond_djangos_limit_for_forms_is_saved(desk: Desk) -> None:
    base = desk.read()
    long = "A soft light. " * 5_000
    sections = [
        {"id": f"s-{n}", "aspect": "overview", "headline": "More", "body": long} for n in range(20)
    ]

    response = save(desk, base, base | {"sections": sections, "red_flags": []})

    assert response.status_code == 200


def test_a_body_beyond_every_limit_is_refused_in_words(desk: Desk) -> None:
    body = json.dumps({"base": {}, "draft": {"title": "x" * MAX_BODY}})

    response = desk.client.post(desk.url("save"), body, content_type="application/json")

    assert response.status_code == 413
    assert "larger than 4 MB" in response.json()["message"]
    assert "kept in this browser" in response.json()["hint"]


def test_a_comment_that_is_too_long_is_refused(desk: Desk) -> None:
    response = save(desk, desk.read(), desk.read(), comment="x" * 1_001)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/comment"


@pytest.mark.parametrize("endpoint", ["save", "check", "preview"])
def test_people_who_may_not_write_drafts_are_refused_in_json(
    document: Document, endpoint: str
) -> None:
    desk = sit_down(make_person("reader", "view_document", "sign_off"), document)

    response = desk.post(endpoint, {"draft": {}})

    assert response.status_code == 403
    assert response.json()["message"] == "You may not change drafts."


@pytest.mark.parametrize("endpoint", ["save", "check", "preview"])
def test_whoever_is_logged_out_is_sent_to_log_in(document: Document, endpoint: str) -> None:
    response = Desk(Client(), document).post(endpoint, {})

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_post_from_another_site_is_refused(desk: Desk, editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    base = desk.read()

    response = Desk(strict, desk.document).post("save", {"base": base, "draft": base})

    assert response.status_code == 403
    assert desk.read() == base


@pytest.mark.parametrize("endpoint", ["save", "check", "preview"])
def test_nothing_answers_a_get(desk: Desk, endpoint: str) -> None:
    assert desk.client.get(desk.url(endpoint)).status_code == 405


def test_there_is_no_editor_for_an_unknown_document(desk: Desk) -> None:
    url = "/admin/conditions/condition/6f1f9d1c-4d53-4c43-9a3e-0d3c1f4f2b11/save/"

    assert desk.client.post(url, "{}", content_type="application/json").status_code == 404
