"""Submitting: a request to review one digest."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.models import Document, Event, Submission
from calfcms.publishing.problem import Refused
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow, read_digest

pytestmark = pytest.mark.django_db


def test_it_asks_for_a_review_of_what_the_draft_says_now(workflow: Workflow) -> None:
    document = workflow.save()

    workflow.submit(document, "clinical", "First version")

    submission = Submission.objects.get()
    assert submission.content_digest == read_digest(document)
    assert Event.objects.order_by("-seq")[0].details == {
        "change_class": "clinical",
        "note": "First version",
    }


def test_it_refuses_a_change_without_a_note(workflow: Workflow) -> None:
    document = workflow.save()

    with pytest.raises(Refused, match="no note"):
        workflow.submit(document, note="  ")


def test_it_refuses_a_draft_that_says_what_is_live(workflow: Workflow) -> None:
    document = workflow.publish_whole().document

    with pytest.raises(Refused, match="says what edition 1 says"):
        workflow.submit(document)


def test_it_refuses_somebody_without_the_right(workflow: Workflow, publisher: User) -> None:
    document = workflow.save()
    workflow.editor = publisher

    with pytest.raises(Refused, match="submit"):
        workflow.submit(document)


def test_what_is_live_but_unsigned_can_be_submitted(workflow: Workflow, clock: Clock) -> None:
    document = workflow.publish_whole().document
    workflow.save(summary="Sent out in a hurry.")
    now = clock()
    break_glass(
        document=document,
        by=make_person("breaker", "break_glass"),
        at=now,
        reason="A recall.",
        deadline_at=now + timedelta(hours=2),
    )

    workflow.submit(document, note="Signed after the fact")

    assert Submission.objects.latest("pk").content_digest == read_digest(document)


def test_it_refuses_where_there_is_no_draft(workflow: Workflow) -> None:
    document = workflow.save()
    empty = Document.objects.create(
        kind="condition",
        slug="empty",
        locale="en",
        content_id=document.pk,
        created_at=document.created_at,
        created_by=workflow.editor,
    )

    with pytest.raises(Refused, match="no draft"):
        workflow.submit(empty)
