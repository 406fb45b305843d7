"""The page that discards the draft of a document and brings it back."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from calfcms.publishing.models import Document, Event, Standing
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def _log_in(client: Client, group: str) -> User:
    person = User.objects.create_user(f"a-{group}", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return person


def _url(document: Document) -> str:
    return f"/admin/publishing/document/{document.pk}/discard/"


def test_an_editor_discards_a_draft_and_brings_it_back(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    digest = Standing.objects.get().content_digest
    _log_in(client, "Editor")

    page = client.post(_url(document), {"do": "discard", "reason": "Written twice."}, follow=True)
    gone = not Standing.objects.exists()
    client.post(_url(document), {"do": "recover"})

    assert gone
    assert "“Written twice.”" in page.content.decode()
    assert "Bring the draft back" in page.content.decode()
    assert Standing.objects.get().content_digest == digest
    assert Event.objects.latest("seq").action == "draft.saved"


def test_a_refusal_shows_the_reasons_and_keeps_what_was_typed(
    workflow: Workflow, client: Client
) -> None:
    document = workflow.save()
    workflow.submit(document)
    _log_in(client, "Editor")

    response = client.post(_url(document), {"do": "discard", "reason": "Not needed."})

    assert response.status_code == 409
    assert "A reviewer has been asked" in response.content.decode()
    assert "Not needed.</textarea>" in response.content.decode()
    assert Standing.objects.exists()


def test_a_draft_that_is_there_is_not_brought_back(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    _log_in(client, "Editor")

    response = client.post(_url(document), {"do": "recover"})

    assert response.status_code == 409
    assert Event.objects.filter(action="draft.saved").count() == 1


@pytest.mark.parametrize("group", ["Clinical reviewer", "Publisher", "Auditor", "Administrator"])
def test_others_may_read_why_but_do_nothing(workflow: Workflow, client: Client, group: str) -> None:
    document = workflow.save()
    _log_in(client, group)

    page = client.get(_url(document))
    response = client.post(_url(document), {"do": "discard", "reason": "Mine now."})

    assert (page.status_code, response.status_code) == (200, 403)
    assert b'value="discard"' not in page.content
    assert Standing.objects.exists()


def test_the_list_of_documents_shows_which_drafts_were_discarded(
    workflow: Workflow, client: Client
) -> None:
    kept = workflow.save()
    gone = workflow.save(slug="stone-knee", name="Stone knee")
    _log_in(client, "Editor")
    client.post(_url(gone), {"do": "discard", "reason": "Written twice."})

    everything = client.get("/admin/publishing/document/").content.decode()
    discarded = client.get("/admin/publishing/document/?state=discarded").content.decode()

    assert _url(gone) in everything
    assert _url(kept) not in everything
    assert "stone-knee" in discarded
    assert "glass-elbow" not in discarded
