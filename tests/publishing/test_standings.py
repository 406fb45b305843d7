"""Where all drafts stand: one query, and the same arithmetic as the pure one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.discard_draft import discard_draft
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.candidate import read_candidate
from calfcms.publishing.models import Document, Event, Standing, Submission
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_decision, list_sign_offs
from calfcms.publishing.standings import get_standing, list_standings
from calfcms.publishing.workflow import State, get_state
from conditions.actions.save_reference import save_reference
from conditions.references import ReferenceDraft
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow, make_draft, read_digest

pytestmark = pytest.mark.django_db


def get_row(document: Document) -> Any:
    """The standing with its annotations."""
    return get_standing(document)


def read_reference(title: str) -> ReferenceDraft:
    """The book that the page cites, under this title."""
    return ReferenceDraft.model_validate(
        {"key": "smith-2020", "csl": {"type": "book", "title": title}}
    )


def compute_state(document: Document, clock: Clock) -> State:
    """The state by the pure functions, from everything that was read one by one."""
    candidate = read_candidate(document, at=clock())
    submitted = Submission.objects.filter(document=document)
    words = list_sign_offs(document, candidate.content_digest, candidate.required_role)
    return get_state(
        digest=candidate.content_digest,
        live=candidate.live.content_digest if candidate.live else None,
        submitted=set(submitted.values_list("content_digest", flat=True)),
        decision=get_decision(words),
    )


def test_each_step_of_the_workflow_shows(workflow: Workflow, clock: Clock) -> None:
    document = workflow.save()
    seen = [get_row(document).state]

    workflow.submit(document)
    seen.append(get_row(document).state)
    workflow.sign(document, decision="changes_requested")
    seen.append(get_row(document).state)
    workflow.sign(document)
    seen.append(get_row(document).state)
    workflow.publish(document)
    seen.append(get_row(document).state)

    assert seen == ["draft", "in_review", "changes_requested", "approved", "published"]


@pytest.mark.parametrize(
    ("change_class", "role", "decision"),
    [
        ("clinical", "clinical", "approved"),
        ("clinical", "editorial", "approved"),
        ("editorial", "editorial", "approved"),
        ("editorial", "clinical", "approved"),
        ("presentation", "editorial", "changes_requested"),
        ("correction", "clinical", "changes_requested"),
    ],
)
@pytest.mark.parametrize("changes", [{"summary": "It tingles."}, {"red_flags": ()}])
def test_state_and_role_are_those_of_the_pure_arithmetic(
    workflow: Workflow,
    clock: Clock,
    change_class: str,
    role: str,
    decision: str,
    changes: dict[str, Any],
) -> None:
    workflow.publish_whole()
    document = workflow.save(**changes)
    workflow.submit(document, change_class)
    workflow.sign(document, role, decision)

    row = get_row(document)

    assert row.state == compute_state(document, clock)
    assert row.required_role == read_candidate(document, at=clock()).required_role
    assert row.change_class == change_class


def test_one_word_more_and_it_is_a_draft_again_and_back_it_is_approved_again(
    workflow: Workflow,
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)

    workflow.save(summary="It tingles.")
    changed = get_row(document).state
    workflow.save()

    assert changed == State.DRAFT
    assert get_row(document).state == State.APPROVED


def test_a_changed_reference_changes_the_digest_of_every_draft_that_cites_it(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    save_reference(reference=read_reference("Elbows"), by=editor, at=clock())
    document = workflow.save(summary="It tingles [@smith-2020].")
    other = workflow.save(slug="stone-knee", name="Stone knee")
    before, untouched = get_row(document).content_digest, get_row(other).content_digest

    save_reference(reference=read_reference("All elbows"), by=editor, at=clock())

    assert get_row(document).content_digest == read_digest(document) != before
    assert get_row(other).content_digest == untouched


def test_broken_citations_are_counted(workflow: Workflow) -> None:
    document = workflow.save(summary="It tingles [@nobody-1999] and [@nobody-2000].")

    assert get_row(document).broken_citations == 2


def test_the_list_is_one_query_however_many_drafts_there_are(
    workflow: Workflow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        workflow.save(slug=f"elbow-{number}", name="Elbow")

    with django_assert_num_queries(1):
        rows = [(row.document.slug, row.title) for row in list_standings()]

    assert len(rows) == 3


def test_the_second_to_save_is_told_who_was_first_and_nothing_is_written(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    base = make_draft()
    workflow.save(summary="It tingles.")
    other = make_person("other", "edit_draft")
    events = Event.objects.count()

    with pytest.raises(Refused) as refused:
        save_draft(
            kind="condition",
            slug=base.slug,
            locale=base.locale,
            draft=make_draft(summary="It prickles."),
            by=other,
            at=clock(),
            base=base,
        )

    assert refused.value.problems[0].code == "draft_changed"
    assert "Eda Editor" in refused.value.problems[0].message
    assert Event.objects.count() == events
    assert get_row(document).saved_by == editor


def test_a_save_event_names_its_revision(workflow: Workflow) -> None:
    document = workflow.save()

    event = Event.objects.get(document_id=document.pk, action="draft.saved")

    assert event.details["revision"] > 0
    assert Standing.objects.get().content_digest == event.content_digest


def test_saving_onto_a_draft_that_was_discarded_says_so(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    discard_draft(document=document, by=editor, at=clock(), reason="Written twice")
    base = make_draft()

    with pytest.raises(Refused) as refused:
        save_draft(
            kind="condition",
            slug=base.slug,
            locale=base.locale,
            draft=make_draft(summary="It prickles."),
            by=editor,
            at=clock(),
            base=base,
        )

    assert refused.value.problems[0].code == "draft_gone"
