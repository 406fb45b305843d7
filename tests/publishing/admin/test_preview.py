"""The preview page: the reader's view in a frame, and links for people without an account."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Document, Event
from tests.conftest import make_person
from tests.publishing.conftest import Workflow
from tests.publishing.pages import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(db: None) -> User:
    return make_person("viewer", "view_submission")


@pytest.fixture
def desk(client: Client, workflow: Workflow, viewer: User) -> Desk:
    edition = workflow.publish_whole()
    workflow.save(summary="Quite new words.")
    return Desk(client, edition.document).log_in(viewer)


def test_it_frames_the_draft_unless_the_live_edition_is_asked_for(desk: Desk) -> None:
    draft, live = desk.get("preview"), desk.get("preview", of="live")

    assert b"preview/page/?of=draft" in draft.content
    assert b"preview/page/?of=live" in live.content


def test_the_frame_shows_the_draft_or_the_live_edition(desk: Desk) -> None:
    draft, live = desk.get("preview/page", of="draft"), desk.get("preview/page", of="live")

    assert b"Quite new words." in draft.content
    assert b"not signed and not published" in draft.content
    assert b"Quite new words." not in live.content
    assert b"This is edition 1" in live.content


def test_only_pages_from_here_may_frame_it(desk: Desk) -> None:
    framed, page = desk.get("preview/page"), desk.get("preview")

    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_links_to_other_sites_leave_the_frame_and_anchors_stay(
    desk: Desk, workflow: Workflow
) -> None:
    workflow.save(summary="Read [this](https://example.org/) first.")

    html = desk.get("preview/page").content.decode()

    assert '<a target="_blank" rel="noopener noreferrer" href="https://example.org/"' in html
    assert 'target="_blank" rel="noopener noreferrer" href="#' not in html


def test_a_document_without_an_edition_offers_the_draft_alone(
    client: Client, workflow: Workflow, viewer: User
) -> None:
    desk = Desk(client, workflow.save()).log_in(viewer)

    assert b"?of=live" not in desk.get("preview", of="live").content
    assert desk.get("preview/page", of="live").status_code == 404


def test_a_link_is_shown_once_and_leads_to_the_draft(desk: Desk, viewer: User) -> None:
    desk.log_in(viewer, "invite")

    made = desk.post("preview", days="3")
    again = desk.get("preview")

    link = _find_link(made.content.decode())
    assert "no-store" in made["Cache-Control"]
    assert link not in again.content.decode()
    assert b"Quite new words." in Client().get(urlsplit(link).path).content


def _find_link(html: str) -> str:
    found = re.search(r'value="(http://testserver/preview/[^"]+)"', html)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("days", ["", "many", "0", "31"])
def test_days_that_cannot_be_are_refused_on_the_page(desk: Desk, viewer: User, days: str) -> None:
    response = desk.log_in(viewer, "invite").post("preview", days=days)

    assert response.status_code == 409
    assert b"was not done" in response.content
    assert not Event.objects.filter(action="preview.shared").exists()


def test_making_a_link_needs_the_right(desk: Desk) -> None:
    assert b"Make a link" not in desk.get("preview").content
    assert desk.post("preview", days="3").status_code == 403


@pytest.mark.parametrize("path", ["preview", "preview/page"])
def test_it_is_closed_to_staff_who_may_not_see_documents(
    client: Client, workflow: Workflow, viewer: User, path: str
) -> None:
    desk = Desk(client, workflow.save()).log_in(viewer)
    viewer.user_permissions.clear()

    assert desk.get(path).status_code == 403


def test_another_kind_without_a_page_is_shown_as_an_outline(
    client: Client, workflow: Workflow, viewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conditions.kind import ConditionKind

    document = workflow.save()
    monkeypatch.setattr(ConditionKind, "render", lambda *_: {})

    html = Desk(client, document).log_in(viewer).get("preview/page").content.decode()

    assert "<h2>Red flags</h2>" in html
    assert "Your hand is numb and stays numb" in html


def test_a_document_that_is_not_there_is_404(client: Client, viewer: User, at: object) -> None:
    desk = Desk(client, Document()).log_in(viewer)

    assert desk.get("preview").status_code == 404
