"""Saving and checking a protocol from the editor: the same action, the same refusals."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client
from pydantic import BaseModel

from calfcms.publishing.models import Document, Event
from tests.triage.admin.protocol_desk import ProtocolDesk, sit_down
from triage.admin.options import _BLANKS
from triage.definition import ProtocolDraft

pytestmark = pytest.mark.django_db


def save(desk: ProtocolDesk, base: Any, draft: Any) -> Any:
    return desk.post("save", {"base": base, "draft": draft, "comment": "One rule more"})


def test_a_new_rule_is_saved_and_the_event_says_so(desk: ProtocolDesk) -> None:
    base = desk.read()
    rule = base["rules"][0] | {"id": "smoke_again", "when": "smoke and fever"}
    draft = base | {"rules": [*base["rules"], rule]}

    response = save(desk, base, draft)

    assert response.status_code == 200
    assert response.json()["changed"] is True
    assert desk.read() == draft
    assert Event.objects.latest("seq").details["comment"] == "One rule more"


def test_two_changes_are_merged_part_by_part(desk: ProtocolDesk) -> None:
    base = desk.read()
    theirs, mine = desk.read(), desk.read()
    theirs["findings"][0]["phrase"] = "a tooth that hums"
    mine["rules"][0]["reason"] = "Smoke is always fire."
    save(desk, base, theirs)

    response = save(desk, base, mine)

    collision = response.json()
    assert response.status_code == 409
    assert collision["conflicts"] == []
    assert collision["merged"]["findings"][0]["phrase"] == "a tooth that hums"
    assert collision["merged"]["rules"][0]["reason"] == "Smoke is always fire."


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("rules/0/reason", "", "Write something here."),
        (
            "findings/0/id",
            "Hum!",
            "Use lower-case letters, digits and underscores, such as chest_pain.",
        ),
        ("scores/0/items", [], "Add at least 1."),
        (
            "rules/0/references",
            ["nobody-1999"],
            "There is no reference with the key `nobody-1999`. Choose another, or add it first.",
        ),
        ("publisher", "nobody", None),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(
    desk: ProtocolDesk, path: str, value: Any, message: str | None
) -> None:
    base, draft = desk.read(), desk.read()
    *way, last = path.split("/")
    holder: Any = draft
    for step in way:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    holder[last] = value

    response = save(desk, base, draft)

    [error] = response.json()["errors"]
    assert response.status_code == 422
    assert error["pointer"].startswith(f"/{path}")
    assert message is None or error["message"] == message
    assert desk.read() == base


def test_an_id_that_is_there_twice_is_said_at_the_second(desk: ProtocolDesk) -> None:
    base, draft = desk.read(), desk.read()
    draft["rules"].append(draft["rules"][0])

    errors = save(desk, base, draft).json()["errors"]

    assert [error["pointer"] for error in errors] == [f"/rules/{len(draft['rules']) - 1}/id"]


def test_the_check_names_what_publishing_would_refuse_and_the_sources(desk: ProtocolDesk) -> None:
    draft = desk.read()
    draft["rules"][0]["when"] = "smok"

    answer = desk.post("check", {"draft": draft}).json()

    found = {problem["pointer"]: problem["code"] for problem in answer["problems"]}
    assert found["/rules/0/when"] == "expression_invalid"
    keys = {source["key"]: source["places"] for source in answer["references"]}
    assert "/rules/0/references" in keys["ito-2019"]
    assert "/rules/0/disagreement/views/0/references" in keys["tooth-board"]
    assert "/scores/0/performance/0/reference" in keys["tooth-board"]


def test_the_check_says_which_rules_each_case_exercises(desk: ProtocolDesk) -> None:
    draft = desk.read()
    case = {
        **dict.fromkeys(("because", "source"), ""),
        "age_years": None,
        "age_months": None,
        "sex": "unknown",
        "suspects": [],
        "id": "smoker",
        "story": "Smoke came out.",
        "findings": {"smoke": "present"},
        "expected": "emergency",
        "acceptable": ["emergency"],
    }
    case_set = {"id": "own", "title": "Own", "source": "", "must_pass": True, "cases": [case]}
    draft["case_sets"] = [case_set]

    answer = desk.post("check", {"draft": draft}).json()

    assert answer["cases"]["smoker"]["pointer"] == "/case_sets/0/cases/0"
    assert answer["cases"]["smoker"]["urgency"] == "emergency"
    assert "smoke_seen" in answer["cases"]["smoker"]["rules"]


def test_people_without_the_right_get_no_editor(reviewer: User, document: Document) -> None:
    desk = sit_down(reviewer, document)

    assert desk.client.get(desk.url("edit")).status_code == 403
    assert desk.post("save", {}).status_code == 403
    assert desk.post("check", {}).status_code == 403


def test_the_editor_of_protocols_shows_no_page_about_a_condition(
    desk: ProtocolDesk, document: Document
) -> None:
    page = Document.objects.get(kind="condition")

    assert desk.client.get(f"/admin/triage/protocol/{page.pk}/edit/").status_code == 404


def test_every_field_of_a_draft_is_on_the_form_or_fixed_by_the_document() -> None:
    found = finders.find("triage/editor/fields.js")
    assert isinstance(found, str)
    script = Path(found).read_text()
    helpers = "line|text|list|select|tags|expression|number|check|day"
    named = set(re.findall(rf'(?:name: |(?:{helpers})\()"(\w+)"', script)) | {"references"}

    models: list[type[BaseModel]] = [ProtocolDraft, *(model for model, _ in _BLANKS.values())]
    fields = {name for model in models for name in model.model_fields}

    assert fields - named - {"slug", "locale", "urgency", "id"} == set()


def test_a_protocol_is_begun_with_a_title_an_address_and_a_publisher(
    editor: User, document: Document, client: Client
) -> None:
    User.objects.filter(pk=editor.pk).update(is_staff=True)
    client.force_login(editor)
    form = {
        "title": "Ear hum: how soon",
        "slug": "ear-hum",
        "locale": "en",
        "publisher": "demo-library",
    }

    response = client.post("/admin/triage/protocol/new/", form)

    made = Document.objects.get(kind="protocol", slug="ear-hum")
    assert response.headers["Location"] == f"/admin/triage/protocol/{made.pk}/edit/"
    assert client.post("/admin/triage/protocol/new/", form).status_code == 422
