"""The submit page: what kind of change it is, and what publishing would still object to."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Submission
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor: User) -> Client:
    return seat(editor)


def list_open(client: Client, url: str) -> list[str]:
    choices = client.get(url).context["choices"]
    return [choice.value for choice in choices if not choice.hindrance]


def test_it_submits_what_the_draft_says(desk: Client, workflow: Workflow) -> None:
    document = workflow.save()

    response = desk.post(
        url_of("submit", document), {"change_class": "clinical", "note": "First version"}
    )

    assert response.status_code == 302
    assert response.headers["Location"] == url_of("review", document)
    submission = Submission.objects.get()
    assert (submission.content_digest, submission.note) == (read_digest(document), "First version")


def test_a_first_edition_can_be_clinical_only(desk: Client, workflow: Workflow) -> None:
    document = workflow.save()

    assert list_open(desk, url_of("submit", document)) == ["clinical"]


def test_a_safety_change_cannot_pass_as_wording(desk: Client, workflow: Workflow) -> None:
    document = workflow.publish_whole().document
    workflow.save(red_flags=())

    assert list_open(desk, url_of("submit", document)) == ["clinical", "correction"]


def test_other_changes_are_suggested_as_editorial(desk: Client, workflow: Workflow) -> None:
    document = workflow.publish_whole().document
    workflow.save(summary="Other words.")

    choices = desk.get(url_of("submit", document)).context["choices"]

    assert [choice.value for choice in choices if choice.is_chosen] == ["editorial"]
    assert not any(choice.hindrance for choice in choices)


def test_it_lists_what_would_stop_publishing(desk: Client, workflow: Workflow) -> None:
    document = workflow.save(summary="It tingles [@lost].")

    page = desk.get(url_of("submit", document)).content.decode()

    assert "would stop publishing" in page
    assert "lost" in page


def test_a_refusal_keeps_what_was_typed(desk: Client, workflow: Workflow) -> None:
    document = workflow.save()

    response = desk.post(url_of("submit", document), {"note": "Because <of> this"})

    page = response.content.decode()
    assert response.status_code == 409
    assert 'data-code="change_class_missing"' in page
    assert "Because &lt;of&gt; this</textarea>" in page
    assert not Submission.objects.exists()


def test_it_is_closed_to_whoever_may_not_submit(workflow: Workflow, reviewer: User) -> None:
    document = workflow.save()
    client = seat(reviewer)

    assert client.get(url_of("submit", document)).status_code == 403
    assert client.post(url_of("submit", document), {"note": "x"}).status_code == 403
