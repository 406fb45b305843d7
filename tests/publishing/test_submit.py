"""Submitting: a request to review one digest."""

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Event, Submission
from calfcms.publishing.problem import Refused
from tests.publishing.conftest import Workflow, read_digest

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
