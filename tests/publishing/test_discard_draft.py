"""Discarding a draft: it goes from the lists of work, and nothing of its past goes with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from reversion.models import Revision

from calfcms.publishing.actions.discard_draft import discard_draft
from calfcms.publishing.actions.restore import restore
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Schedule, Standing
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db


def _plan(document: Document, by: User, clock: Clock, verb: str) -> None:
    at = clock()
    Schedule.objects.create(
        document=document,
        verb=verb,
        due_at=at + timedelta(days=1),
        content_digest=Standing.objects.get(document=document).content_digest,
        reason="" if verb == "publish" else "A reason.",
        requested_at=at,
        requested_by=by,
    )


def test_the_draft_goes_and_the_log_says_who_why_and_which(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    digest = Standing.objects.get().content_digest

    event = discard_draft(document=document, by=editor, at=clock(), reason=" Written twice. ")

    assert get_kind("condition").read_draft(document) is None
    assert not Standing.objects.exists()
    assert (event.action, event.actor) == ("draft.discarded", "Eda Editor")
    assert event.content_digest == digest
    assert event.details == {
        "reason": "Written twice.",
        "revision": Revision.objects.latest("pk").pk,
    }


def test_restoring_its_last_revision_brings_it_back(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    workflow.save()
    document = workflow.save(summary="The last word.")
    before = digest_of(get_kind("condition").read_content(document))
    event = discard_draft(document=document, by=editor, at=clock(), reason="By mistake.")

    revision = Revision.objects.get(pk=event.details["revision"])
    restore(source=revision, document=document, by=editor, at=clock())

    assert Standing.objects.get().content_digest == before
    assert digest_of(get_kind("condition").read_content(document)) == before


def test_what_readers_get_stays(workflow: Workflow, editor: User, clock: Clock) -> None:
    edition = workflow.publish_whole()

    discard_draft(document=edition.document, by=editor, at=clock(), reason="Start anew.")

    assert get_live_edition(edition.document) == edition
    assert Document.objects.filter(pk=edition.document_id).exists()


def test_a_document_can_be_written_anew_afterwards(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    discard_draft(document=document, by=editor, at=clock(), reason="Start anew.")

    assert workflow.save(summary="New.") == document
    assert Standing.objects.get().document == document


def test_it_refuses_without_a_reason(workflow: Workflow, editor: User, clock: Clock) -> None:
    document = workflow.save()

    with pytest.raises(Refused, match="needs a reason"):
        discard_draft(document=document, by=editor, at=clock(), reason="  ")

    assert Standing.objects.exists()
    assert get_kind("condition").read_draft(document) is not None


def test_it_refuses_while_a_reviewer_looks_at_it(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    workflow.submit(document)

    with pytest.raises(Refused, match="reviewer has been asked"):
        discard_draft(document=document, by=editor, at=clock(), reason="Not needed.")


def test_it_can_go_after_the_reviewer_wanted_changes(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    discard_draft(document=document, by=editor, at=clock(), reason="Not worth it.")

    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("verb", "hint"), [("publish", "Cancel the plan"), ("lapse", "have it signed")]
)
def test_it_refuses_while_a_plan_rests_on_it(
    workflow: Workflow, editor: User, publisher: User, clock: Clock, verb: str, hint: str
) -> None:
    document = workflow.save()
    _plan(document, publisher, clock, verb)

    with pytest.raises(Refused, match=hint):
        discard_draft(document=document, by=editor, at=clock(), reason="Not needed.")

    assert Standing.objects.exists()


def test_a_planned_withdrawal_does_not_hold_it(
    workflow: Workflow, editor: User, publisher: User, clock: Clock
) -> None:
    edition = workflow.publish_whole()
    _plan(edition.document, publisher, clock, "withdraw")

    discard_draft(document=edition.document, by=editor, at=clock(), reason="It goes anyway.")

    assert not Standing.objects.exists()


def test_every_reason_is_said_at_once(
    workflow: Workflow, editor: User, publisher: User, clock: Clock
) -> None:
    document = workflow.save()
    workflow.submit(document)
    _plan(document, publisher, clock, "publish")

    with pytest.raises(Refused) as refused:
        discard_draft(document=document, by=editor, at=clock(), reason="")

    assert [problem.code for problem in refused.value.problems] == [
        "reason_missing",
        "draft_in_review",
        "draft_scheduled",
    ]


def test_it_refuses_where_there_is_no_draft(workflow: Workflow, editor: User, clock: Clock) -> None:
    document = workflow.save()
    discard_draft(document=document, by=editor, at=clock(), reason="Once.")

    with pytest.raises(Refused, match="has no draft"):
        discard_draft(document=document, by=editor, at=clock(), reason="Twice.")


def test_it_refuses_somebody_without_the_right(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    document = workflow.save()

    with pytest.raises(Refused, match="edit_draft"):
        discard_draft(document=document, by=publisher, at=clock(), reason="Not mine.")
