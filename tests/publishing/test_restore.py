"""Restoring: an old edition or revision becomes the draft again, as a save like any other."""

import pytest
from django.contrib.auth.models import User
from reversion.models import Revision

from calfcms.publishing.actions.restore import restore
from calfcms.publishing.models import Edition, Event
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition
from tests.publishing.conftest import Clock, Workflow, read_digest

pytestmark = pytest.mark.django_db


def test_an_old_edition_becomes_the_draft_and_nothing_else_changes(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    first = workflow.publish_whole()
    second = workflow.publish_whole(summary="It tingles.")

    saved = restore(source=first, document=first.document, by=editor, at=clock())

    assert saved.changed
    assert read_digest(first.document) == first.content_digest
    assert get_live_edition(first.document) == second
    assert Event.objects.order_by("-seq")[0].details["comment"] == "Restored from edition 1"


def test_an_old_revision_becomes_the_draft(workflow: Workflow, editor: User, clock: Clock) -> None:
    document = workflow.save()
    before = read_digest(document)
    revision = Revision.objects.order_by("-pk")[0]
    workflow.save(summary="Changed.", red_flags=())

    restore(source=revision, document=document, by=editor, at=clock())

    assert read_digest(document) == before


def test_a_restored_edition_whose_signature_still_fits_can_be_published(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    first = workflow.publish_whole()
    workflow.publish_whole(summary="It tingles.")

    restore(source=first, document=first.document, by=editor, at=clock())

    assert workflow.publish(first.document).content_digest == first.content_digest


def test_it_refuses_an_edition_of_another_document(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    other = workflow.publish_whole(slug="stone-knee", name="Stone knee")

    with pytest.raises(Refused, match="not an edition of"):
        restore(source=other, document=document, by=editor, at=clock())


def test_it_refuses_a_revision_of_another_document(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    workflow.save(slug="stone-knee", name="Stone knee")
    revision = Revision.objects.order_by("-pk")[0]

    with pytest.raises(Refused, match="did not save"):
        restore(source=revision, document=document, by=editor, at=clock())


def test_it_refuses_somebody_without_the_right(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    edition: Edition = workflow.publish_whole()

    with pytest.raises(Refused, match="edit_draft"):
        restore(source=edition, document=edition.document, by=publisher, at=clock())
