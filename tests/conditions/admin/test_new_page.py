"""Beginning a page: what is asked first, and every refusal."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.demonstration import publish_as_demonstration
from calfcms.publishing.models import Document
from conditions.admin.addresses import get_edit_url
from conditions.draft import TranslationOf
from conditions.stored import read_draft
from tests.conditions.admin.editor_scene import Desk, sit_down
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

URL = "/admin/conditions/condition/new/"
TYPED = {
    "title": "Ear hum: what it is",
    "name": "Ear hum",
    "slug": "ear-hum",
    "locale": "en",
    "publisher": "demo-library",
}


def begin(desk: Desk, **changes: str) -> Any:
    return desk.client.post(URL, TYPED | changes)


def test_it_makes_the_draft_and_opens_the_editor(desk: Desk) -> None:
    response = begin(desk)

    document = Document.objects.get(slug="ear-hum")
    draft = read_draft(document)
    assert response.status_code == 302
    assert response["Location"] == get_edit_url(document)
    assert draft is not None
    assert (draft.title, draft.name, draft.publisher) == (
        "Ear hum: what it is",
        "Ear hum",
        "demo-library",
    )


def test_without_a_name_the_title_is_the_name(desk: Desk) -> None:
    begin(desk, name=" ")

    draft = read_draft(Document.objects.get(slug="ear-hum"))
    assert draft is not None
    assert draft.name == "Ear hum: what it is"


def test_the_same_address_in_another_language_is_a_translation(desk: Desk) -> None:
    begin(desk, slug="ear-glow", locale="hi")

    translation = Document.objects.get(slug="ear-glow", locale="hi")
    assert translation.content_id == desk.document.content_id


def test_a_new_translation_says_which_edition_it_translates(
    desk: Desk, editor: User, at: datetime
) -> None:
    bare = make_draft(sections=(), causes=(), related=())
    publish_as_demonstration(documents=[save_page(bare, by=editor, at=at)], at=at)

    begin(desk, slug="ear-glow", locale="hi")

    draft = read_draft(Document.objects.get(slug="ear-glow", locale="hi"))
    assert draft is not None
    assert draft.translation_of == TranslationOf(locale="en", edition=1)


def test_an_address_that_is_taken_leads_to_that_page_and_changes_nothing(desk: Desk) -> None:
    before = desk.read()

    response = begin(desk, slug="ear-glow")

    assert response.status_code == 422
    assert desk.url("edit") in response.content.decode()
    assert desk.read() == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("slug", ""),
        ("slug", "Ear Hum"),
        ("locale", "English"),
        ("publisher", ""),
        ("publisher", "nobody"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    desk: Desk, field: str, typed: str
) -> None:
    response = begin(desk, **{field: typed})

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="new-{field}-error"' in page
    assert "Ear hum" in page
    assert not Document.objects.filter(slug="ear-hum").exists()


def test_it_says_where_to_add_the_first_publisher(editor: User, at: datetime) -> None:
    User.objects.filter(pk=editor.pk).update(is_staff=True)
    desk = sit_down(editor, Document())

    page = desk.client.get(URL).content.decode()

    assert "conditions/publisher/add/" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_closed_to_people_who_may_not_write_drafts(document: Document, method: str) -> None:
    desk = sit_down(make_person("reader", "view_document"), document)

    assert getattr(desk.client, method)(URL).status_code == 403
