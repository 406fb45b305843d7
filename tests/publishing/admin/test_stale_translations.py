"""Translators in the admin: which translation was left behind, and what changed at its source."""

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document, Edition
from conditions.draft import TranslationOf
from tests.conftest import make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(workflow: Workflow) -> Document:
    """A page with a Hindi translation."""
    document = workflow.publish_whole().document
    pin = TranslationOf(locale="en", edition=1)
    workflow.publish_whole(locale="hi", translation_of=pin, title="काँच की कोहनी")
    return document


@pytest.fixture
def newer(workflow: Workflow, source: Document) -> Edition:
    """The second edition of the source, which leaves the translation behind."""
    return workflow.publish_whole(summary="It tingles less.", title="Glass elbow, revised")


def find_panel(client: Client) -> tuple[int, list[str]]:
    panels = client.get("/admin/").context["panels"]
    panel = next(panel for panel in panels if panel.title == "Stale translations")
    return panel.total, [row.title for row in panel.rows]


def get_comparison(source: Document) -> str:
    return url_of("compare", source, before="edition:1", after="edition:2")


def get_translation() -> Document:
    return Document.objects.get(locale="hi")


def test_the_first_page_lists_what_was_left_behind(
    workflow: Workflow, source: Document, editor: User
) -> None:
    client = seat(editor)
    before = find_panel(client)

    workflow.publish_whole(summary="It tingles less.")

    assert before == (0, [])
    assert find_panel(client) == (1, ["काँच की कोहनी"])


def test_it_links_to_what_changed_at_the_source(
    source: Document, newer: Edition, editor: User
) -> None:
    page = unescape(seat(editor).get("/admin/").content.decode())

    assert "stale translation" in page
    assert "of en, edition 1; edition 2 is live there" in page
    assert f'<a href="{get_comparison(source)}">See what changed at its source</a>' in page


def test_the_link_shows_the_two_editions_side_by_side(
    source: Document, newer: Edition, editor: User
) -> None:
    response = seat(editor).get(get_comparison(source))

    assert response.status_code == 200
    assert {field.name for field in response.context["comparison"].fields} == {"title", "summary"}


def test_whoever_may_not_compare_gets_no_link(source: Document, newer: Edition) -> None:
    onlooker = make_person("onlooker", "view_document")
    onlooker.is_staff = True
    onlooker.save()
    client = Client()
    client.force_login(onlooker)

    page = unescape(client.get("/admin/").content.decode())

    assert "stale translation" in page
    assert get_comparison(source) not in page


def test_the_overview_says_what_to_do(source: Document, newer: Edition, editor: User) -> None:
    response = seat(editor).get(url_of("overview", get_translation()))

    page = unescape(response.content.decode())
    assert "Readers get a stale translation" in page
    assert "choose edition 2 as what it translates" in page
    assert get_comparison(source) in page
    assert [step.text for step in response.context["steps"]] == [
        "Its source moved on: bring the translation up to date"
    ]


def test_the_overview_of_the_source_says_nothing_of_it(
    source: Document, newer: Edition, editor: User
) -> None:
    page = seat(editor).get(url_of("overview", source)).content.decode()

    assert "stale translation" not in page


def test_of_a_withdrawn_source_the_overview_shows_what_became_of_it(
    workflow: Workflow, source: Document, editor: User, clock: Clock
) -> None:
    withdraw(document=source, by=workflow.publisher, at=clock(), reason="Wrong.")

    page = unescape(seat(editor).get(url_of("overview", get_translation())).content.decode())

    assert "of en, edition 1, which is withdrawn" in page
    assert "Withdraw it too" in page
    assert url_of("overview", source) in page


def test_the_list_of_documents_marks_it(source: Document, newer: Edition, editor: User) -> None:
    page = seat(editor).get("/admin/publishing/document/").content.decode()

    assert page.count("stale translation") == 1
    assert "of en/1<br>since 2026-11-21" in page


def test_the_history_tells_it_in_words(source: Document, newer: Edition, editor: User) -> None:
    page = seat(editor).get(url_of("history", get_translation())).content.decode()

    assert "changed what this is a translation of" in page
