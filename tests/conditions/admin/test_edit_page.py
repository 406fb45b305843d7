"""The page that holds the editor: what it is filled with, and for whom it opens."""

import json
import re
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client

from calfcms.publishing.demonstration import publish_as_demonstration
from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document
from conditions.draft import ConditionDraft
from conditions.models import Condition
from tests.conditions.admin.editor_scene import Desk, sit_down
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page
from tests.conftest import make_person

ALONE: dict[str, Any] = {"sections": (), "causes": (), "related": (), "contributors": ()}
"""A page that links to no other."""

pytestmark = pytest.mark.django_db


def read_form(desk: Desk) -> Any:
    page = desk.client.get(desk.url("edit")).content.decode()
    found = re.search(
        r'<script id="editor-form" type="application/json">(.*?)</script>', page, re.S
    )
    assert found
    return json.loads(found[1])


def test_it_holds_the_draft_and_where_it_stands(desk: Desk) -> None:
    form = read_form(desk)

    assert form["draft"] == desk.read()
    assert form["standing"]["label"] == "Draft, not submitted"
    assert form["standing"]["saved_by"] == "Eda Editor"


def test_it_offers_every_choice_that_a_draft_may_make(desk: Desk) -> None:
    choices = read_form(desk)["choices"]

    assert {"value": "emergency"}.items() <= choices["urgency"][0].items()
    assert "Call an ambulance".lower() in choices["urgency"][0]["label"].lower()
    assert choices["publisher"] == [{"value": "demo-library", "label": "Demo Library"}]
    assert choices["topics"] == [{"value": "ears", "label": "Ears"}]
    assert [choice["value"] for choice in choices["conditions"]] == ["ear-glow"]
    assert [choice["value"] for choice in choices["risk_class"]] == ["high", "raised", "standard"]


def test_it_offers_the_editions_in_other_languages_as_what_it_translates(
    desk: Desk, editor: User, at: datetime
) -> None:
    assert read_form(desk)["choices"]["translation_of"] == []
    page = save_page(make_draft(**ALONE), by=editor, at=at)
    publish_as_demonstration(documents=[page], at=at)
    hindi = save_page(
        make_draft(**ALONE, locale="hi", translation_of={"locale": "en", "edition": 1}),
        by=editor,
        at=at,
    )

    form = read_form(sit_down(editor, hindi))

    assert form["draft"]["translation_of"] == {"locale": "en", "edition": 1, "reviewed": False}
    assert form["choices"]["translation_of"] == [
        {"value": "en/1", "label": "en, edition 1 of 2026-11-21, live"}
    ]


def test_every_field_of_a_draft_is_on_the_form_or_fixed_by_the_document(desk: Desk) -> None:
    found = finders.find("conditions/editor/fields.js")
    assert isinstance(found, str)
    script = Path(found).read_text()
    fixed = {"slug", "locale"}

    named = set(re.findall(r'(?:name: |text\(|markdown\(|list\()"(\w+)"', script))

    assert set(ConditionDraft.model_fields) - fixed <= named


def test_a_blank_part_is_whole_but_for_what_must_be_written(desk: Desk) -> None:
    blanks = read_form(desk)["blanks"]
    draft = desk.read()

    for name, blank in blanks.items():
        assert blank.keys() == draft[name][0].keys(), name
    filled = blanks["red_flags"] | {"id": "new", "sign": "New"}
    response = desk.post("save", {"base": draft, "draft": draft | {"red_flags": [filled]}})
    assert response.status_code == 200


def test_a_text_cannot_end_the_script_that_holds_it(desk: Desk, editor: User, at: datetime) -> None:
    nasty = "</script><script>alert(1)</script> <!-- \" '"
    save_page(make_draft(summary=nasty), by=editor, at=at)

    page = desk.client.get(desk.url("edit")).content.decode()

    assert "<script>alert(1)" not in page
    assert read_form(desk)["draft"]["summary"] == nasty


def test_the_browser_never_keeps_it(desk: Desk) -> None:
    assert "no-store" in desk.client.get(desk.url("edit"))["Cache-Control"]


def test_problems_elsewhere_link_to_it(desk: Desk) -> None:
    assert get_edit_url(desk.document) == desk.url("edit")


def test_the_pages_of_the_document_link_to_it_for_editors_only(
    desk: Desk, document: Document
) -> None:
    overview = f"/admin/publishing/document/{document.pk}/overview/"
    reader = sit_down(make_person("reader", "view_document"), document)
    person = sit_down(make_person("writer", "view_document", "edit_draft"), document)

    for_editor = person.client.get(overview).content.decode()
    for_reader = reader.client.get(overview).content.decode()

    assert f'href="{desk.url("edit")}"' in unescape(for_editor)
    assert f'href="{desk.url("edit")}"' not in unescape(for_reader)


def test_it_is_closed_to_people_who_may_not_write_drafts(document: Document) -> None:
    desk = sit_down(make_person("reader", "view_document", "sign_off", "publish"), document)

    assert desk.client.get(desk.url("edit")).status_code == 403


def test_whoever_is_logged_out_is_sent_to_log_in(document: Document) -> None:
    desk = Desk(Client(), document)

    assert desk.client.get(desk.url("edit")).status_code == 302


def test_a_page_whose_draft_was_discarded_says_so(desk: Desk) -> None:
    Condition.objects.all().delete()

    response = desk.client.get(desk.url("edit"))

    assert response.status_code == 302
    assert response["Location"].endswith("/overview/")


def test_a_document_of_another_kind_has_no_such_editor(
    desk: Desk, editor: User, at: datetime
) -> None:
    other = Document.objects.create(
        kind="protocol",
        slug="ears",
        locale="en",
        content_id=uuid4(),
        created_at=at,
        created_by=editor,
    )

    elsewhere = Desk(desk.client, other)

    assert elsewhere.client.get(elsewhere.url("edit")).status_code == 404
    assert elsewhere.post("save", {}).status_code == 404
