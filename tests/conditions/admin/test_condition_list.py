"""The list of pages: where each stands, and where its title leads."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.models import Condition
from tests.conditions.admin.editor_scene import Desk, sit_down
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

URL = "/admin/conditions/condition/"


@pytest.fixture
def writer(desk: Desk) -> Desk:
    return sit_down(make_person("writer", "view_document", "edit_draft"), desk.document)


@pytest.fixture
def reader(desk: Desk) -> Desk:
    return sit_down(make_person("reader", "view_document"), desk.document)


def test_a_title_leads_editors_to_the_editor_and_others_to_the_overview(
    writer: Desk, reader: Desk
) -> None:
    for_writer = writer.client.get(URL).content.decode()
    for_reader = reader.client.get(URL).content.decode()

    overview = f"/admin/publishing/document/{reader.document.pk}/overview/"
    assert writer.url("edit") in for_writer
    assert "Draft, not submitted" in for_writer
    assert overview in for_reader
    assert reader.url("edit") not in for_reader


def count_queries(desk: Desk) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert desk.client.get(URL).status_code == 200
    return len(queries)


def test_it_asks_no_more_for_more_pages(writer: Desk, editor: User, at: datetime) -> None:
    few = count_queries(writer)
    for number in range(5):
        save_page(make_draft(slug=f"ear-{number}"), by=editor, at=at)

    assert count_queries(writer) == few


def test_adding_leads_to_the_page_where_one_begins(writer: Desk) -> None:
    response = writer.client.get(f"{URL}add/")

    assert response["Location"] == f"{URL}new/"


@pytest.mark.parametrize(("who", "page"), [("writer", "edit"), ("reader", "overview")])
def test_djangos_own_form_is_never_shown(
    request: pytest.FixtureRequest, who: str, page: str
) -> None:
    desk: Any = request.getfixturevalue(who)
    row = Condition.objects.get()

    response = desk.client.get(f"{URL}{row.pk}/change/")

    assert response.status_code == 302
    assert response["Location"].endswith(f"/{page}/")


def test_nobody_deletes_rows_by_hand(writer: Desk) -> None:
    row = Condition.objects.get()

    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}

    refused = writer.client.post(f"{URL}{row.pk}/delete/", {"post": "yes"})
    writer.client.post(URL, chosen)

    assert refused.status_code == 403
    assert Condition.objects.count() == 1


def test_it_is_closed_to_staff_without_the_right(desk: Desk) -> None:
    stranger = sit_down(make_person("stranger"), desk.document)

    assert stranger.client.get(URL).status_code == 403
    assert stranger.client.get(f"{URL}add/").status_code in (302, 403)
