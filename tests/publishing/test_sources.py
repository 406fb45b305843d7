"""Named places in a document's history, and what the document said there."""

from datetime import timedelta

import pytest

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document, Event, Standing
from calfcms.publishing.problem import Refused
from calfcms.publishing.sources import (
    find_source_of_digest,
    get_signed_base,
    read_draft_for_page,
    read_source,
)
from conditions.actions.save_publisher import save_publisher
from conditions.draft import PublisherDraft
from conditions.models import Condition
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow, make_draft, read_digest

pytestmark = pytest.mark.django_db


def get_last_revision() -> int:
    event = Event.objects.filter(action="draft.saved").latest("seq")
    revision: int = event.details["revision"]
    return revision


def test_the_draft_an_edition_and_a_revision_say_what_they_said(workflow: Workflow) -> None:
    document = workflow.publish_whole(summary="One.").document
    workflow.save(summary="Two.")
    revision = get_last_revision()
    workflow.save(summary="Three.")

    summaries = [
        read_source(document, name).content["summary"]
        for name in ("edition:1", f"revision:{revision}", "draft")
    ]

    assert summaries == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    "name", ["", "edition", "edition:", "edition:2", "edition:x", "revision:0", "revision:9" * 3]
)
def test_a_place_that_is_not_there_is_refused(workflow: Workflow, name: str) -> None:
    document = workflow.publish_whole().document

    with pytest.raises(Refused) as refusal:
        read_source(document, name)

    assert [problem.code for problem in refusal.value.problems] == ["source_unknown"]


def test_the_revision_of_another_document_is_refused(workflow: Workflow, clock: Clock) -> None:
    document = workflow.save()
    other = make_draft(slug="glass-knee")
    save_draft(
        kind="condition",
        slug=other.slug,
        locale="en",
        draft=other,
        by=workflow.editor,
        at=clock(),
    )

    with pytest.raises(Refused) as refusal:
        read_source(document, f"revision:{get_last_revision()}")

    assert [p.code for p in refusal.value.problems] == ["revision_of_another_document"]


def test_a_document_without_a_draft_is_refused_in_words(workflow: Workflow) -> None:
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
        read_source(empty, "draft")


def test_a_wording_is_found_again_by_its_digest(workflow: Workflow) -> None:
    document = workflow.save(summary="Read.")
    read = read_digest(document)
    workflow.save(summary="Changed.")

    source = find_source_of_digest(document, read)

    assert source is not None
    assert source.content["summary"] == "Read."


def test_a_wording_that_only_a_publisher_changed_is_found_nowhere(
    workflow: Workflow, clock: Clock
) -> None:
    document = workflow.save()
    read = read_digest(document)
    renamed = PublisherDraft(slug="demo", name="Renamed", url="https://example.org/")
    save_publisher(publisher=renamed, by=workflow.editor, at=clock())

    assert find_source_of_digest(document, read) is None


def test_a_change_is_compared_with_what_is_live(workflow: Workflow) -> None:
    first = workflow.publish_whole()

    assert get_signed_base(first.document) == first


def test_a_withdrawn_edition_is_still_what_a_change_is_compared_with(
    workflow: Workflow, clock: Clock
) -> None:
    first = workflow.publish_whole()
    withdraw(
        document=first.document,
        by=workflow.publisher,
        at=clock(),
        reason="Wrong.",
    )

    assert get_signed_base(first.document) == first


def test_an_unsigned_edition_is_no_measure(workflow: Workflow, clock: Clock) -> None:
    first = workflow.publish_whole()
    workflow.save(summary="Sent out in a hurry.")
    now = clock()
    break_glass(
        document=first.document,
        by=make_person("breaker", "break_glass"),
        at=now,
        reason="A recall.",
        deadline_at=now + timedelta(hours=2),
    )

    assert get_signed_base(first.document) == first


def test_a_page_reads_the_draft_as_it_was_saved_last(workflow: Workflow) -> None:
    document = workflow.save(summary="One.")
    workflow.save(summary="Two.")

    assert read_draft_for_page(document) == read_source(document, "draft")


def test_a_page_reads_what_a_shared_row_says_now(workflow: Workflow, clock: Clock) -> None:
    document = workflow.save()
    renamed = PublisherDraft(slug="demo", name="Renamed", url="https://example.org/")
    save_publisher(publisher=renamed, by=workflow.editor, at=clock())

    draft = read_draft_for_page(document)

    assert draft.content["publisher"]["name"] == "Renamed"
    assert draft == read_source(document, "draft")


def test_a_page_never_shows_a_copy_that_is_not_the_draft(workflow: Workflow) -> None:
    document = workflow.save(summary="One.")
    Condition.objects.update(summary="Written past all actions.")

    stale = read_draft_for_page(document)
    Standing.objects.update(content_digest=read_digest(document))
    fresh = read_draft_for_page(document)

    assert stale.content["summary"] == "One."  # and its digest is refused by every signature
    assert fresh.content["summary"] == "Written past all actions."


def test_a_wording_can_be_asked_for_by_its_digest(workflow: Workflow) -> None:
    document = workflow.save(summary="Read.")
    read = read_digest(document)
    workflow.save(summary="Changed.")

    assert read_source(document, f"digest:{read}").content["summary"] == "Read."
    with pytest.raises(Refused):
        read_source(document, "digest:sha256:0")
