"""The history of a document: every event once, in words, and none of it slow."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.actions.save_draft import DRAFT_SAVED
from calfcms.publishing.models import Event
from tests.conftest import make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.admin.long_past import (
    EDITIONS,
    MOST_QUERIES,
    REVISIONS,
    add_revisions,
    count_queries,
    make_document,
)
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def list_shown(response: Any) -> list[int]:
    return [moment.event.seq for moment in response.context["timeline"].moments]


def test_it_tells_who_did_what_and_why_newest_first(workflow: Workflow, editor: User) -> None:
    document = workflow.publish_whole().document

    page = seat(editor).get(url_of("history", document)).content.decode()

    told = re.findall(r"<strong>([^<]+)</strong> ([^<]+)</p>", page)
    assert told == [
        ("Pia Publisher", "published: edition 1"),
        ("Rex Reviewer", "signed as clinical reviewer"),
        ("Eda Editor", "asked for a review as a clinical change"),
        ("Eda Editor", "saved the draft"),
    ]
    assert "“First version”" in page


def test_every_wording_can_be_compared_and_restored_from_it(
    workflow: Workflow, editor: User
) -> None:
    document = workflow.publish_whole().document
    saved = Event.objects.get(action=DRAFT_SAVED)

    page = seat(editor).get(url_of("history", document)).content.decode()

    for source in ("edition:1", f"revision:{saved.details['revision']}"):
        assert f"/compare/?before={source}&amp;after=draft" in page
        assert f"/restore/?source={source}" in page
        assert page.count(f'value="{source}"') == 2


def test_whoever_may_not_write_is_offered_no_restoring(workflow: Workflow, reviewer: User) -> None:
    document = workflow.publish_whole().document

    page = seat(reviewer).get(url_of("history", document)).content.decode()

    assert "/restore/" not in page


def test_it_is_closed_to_whoever_may_not_see_events(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    stranger = make_person("stranger", "view_document", "view_submission")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(url_of("history", document)).status_code == 403


def test_the_pages_show_every_event_once(workflow: Workflow, editor: User) -> None:
    document = workflow.save()
    add_revisions(document, editor, 120)
    desk = seat(editor)

    seen: list[int] = []
    cursor: int | None = None
    for _ in range(3):
        query = {} if cursor is None else {"older_than": cursor}
        response = desk.get(url_of("history", document, **query))
        seen += list_shown(response)
        cursor = response.context["timeline"].older

    assert cursor is None
    everything = Event.objects.filter(document_id=document.pk).order_by("-seq")
    assert seen == list(everything.values_list("seq", flat=True))


def test_what_was_chosen_on_one_page_is_still_chosen_on_the_next(
    workflow: Workflow, editor: User
) -> None:
    document = workflow.save()
    add_revisions(document, editor, 60)
    desk = seat(editor)

    response = desk.get(url_of("history", document, before="edition:77", older_than=20))

    assert 'value="edition:77" checked> from edition:77' in response.content.decode()


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 40, "٣"])
def test_a_cursor_that_is_none_shows_the_newest(
    workflow: Workflow, editor: User, cursor: str
) -> None:
    document = workflow.save()

    response = seat(editor).get(url_of("history", document, older_than=cursor))

    assert response.status_code == 200
    assert len(list_shown(response)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("page", ["history", "compare", "review", "submit"])
def test_a_long_past_costs_no_more_queries(workflow: Workflow, editor: User, page: str) -> None:
    short = make_document(workflow, "short", editions=1, revisions=1)
    long = make_document(workflow, "long", editions=EDITIONS, revisions=REVISIONS)
    desk = seat(editor, "sign_off", "comment")

    few = count_queries(desk, url_of(page, short))
    many = count_queries(desk, url_of(page, long))

    assert long.editions.count() == EDITIONS + 1
    assert Event.objects.filter(document_id=long.pk).count() > REVISIONS
    assert many == few
    assert many < MOST_QUERIES
