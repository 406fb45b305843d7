"""The restore page: an old wording becomes the draft, after a look at what that changes."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Event
from calfcms.publishing.sources import read_source
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor: User) -> Client:
    return seat(editor)


def test_it_shows_what_would_change_and_changes_nothing(desk: Client, workflow: Workflow) -> None:
    document = workflow.publish_whole(summary="Old.").document
    workflow.save(summary="New.")
    events = Event.objects.count()

    response = desk.get(url_of("restore", document, source="edition:1"))

    [change] = response.context["comparison"].fields
    assert (change.before, change.after) == ("New.", "Old.")
    assert Event.objects.count() == events


def test_an_edition_becomes_the_draft_again(desk: Client, workflow: Workflow) -> None:
    document = workflow.publish_whole(summary="Old.").document
    workflow.save(summary="New.")

    response = desk.post(url_of("restore", document), {"source": "edition:1"})

    assert response.status_code == 302
    assert read_source(document, "draft").content["summary"] == "Old."
    assert Event.objects.latest("seq").details["comment"] == "Restored from edition 1"


def test_a_revision_becomes_the_draft_again(desk: Client, workflow: Workflow) -> None:
    document = workflow.save(summary="Old.")
    revision = Event.objects.latest("seq").details["revision"]
    workflow.save(summary="New.")

    desk.post(url_of("restore", document), {"source": f"revision:{revision}"})

    assert read_source(document, "draft").content["summary"] == "Old."


@pytest.mark.parametrize("name", ["", "draft", "edition:9", "revision:0"])
def test_what_cannot_be_restored_is_refused(desk: Client, workflow: Workflow, name: str) -> None:
    document = workflow.save()

    assert desk.get(url_of("restore", document, source=name)).status_code == 404
    assert desk.post(url_of("restore", document), {"source": name}).status_code == 409


def test_it_is_closed_to_whoever_may_not_write(workflow: Workflow, reviewer: User) -> None:
    document = workflow.publish_whole().document
    client = seat(reviewer)

    assert client.get(url_of("restore", document, source="edition:1")).status_code == 403
    assert client.post(url_of("restore", document), {"source": "edition:1"}).status_code == 403
