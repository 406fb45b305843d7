"""A document at a glance: where it stands, and the next step of whoever looks."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.models import Comment, Document, Verb
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow, read_digest
from tests.publishing.pages import Desk, count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_day_after_noon() -> Any:
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        yield


def list_steps(client: Client, document: Document, person: User) -> list[str]:
    """The texts of the next steps that this person sees."""
    response = Desk(client, document).log_in(person).get("overview")
    assert response.status_code == 200
    return [step.text for step in response.context["steps"]]


def test_a_draft_waits_for_its_editor_to_submit_it(
    client: Client, workflow: Workflow, editor: User, reviewer: User
) -> None:
    document = workflow.save()

    assert list_steps(client, document, editor)[0] == "Submit it for review"
    assert "for an editor" in list_steps(client, document, reviewer)[0]


def test_a_submitted_draft_is_for_a_reviewer_to_sign(
    client: Client, workflow: Workflow, editor: User, reviewer: User
) -> None:
    document = workflow.save()
    workflow.submit(document)

    assert list_steps(client, document, reviewer) == ["Read it and sign it"]
    assert "waits for its clinical sign-off" in list_steps(client, document, editor)[0]


def test_nobody_is_sent_to_sign_own_work(client: Client, workflow: Workflow, editor: User) -> None:
    document = workflow.save()
    workflow.submit(document)
    Desk(client, document).log_in(editor, "sign_off")

    assert "somebody else must sign" in list_steps(client, document, editor)[0]


def test_a_signer_without_a_profile_is_told(client: Client, workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document)
    signer = make_person("signer", "sign_off")

    assert "no reviewer profile" in list_steps(client, document, signer)[0]


def test_requested_changes_go_back_to_the_editor(
    client: Client, workflow: Workflow, editor: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    assert "Make them" in list_steps(client, document, editor)


def test_an_approved_draft_is_for_a_publisher(
    client: Client, workflow: Workflow, editor: User, publisher: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)

    assert list_steps(client, document, publisher) == ["Publish it, or schedule it"]
    assert "waits for a publisher" in list_steps(client, document, editor)[0]


def test_what_is_published_waits_for_nobody(
    client: Client, workflow: Workflow, editor: User
) -> None:
    edition = workflow.publish_whole()

    assert list_steps(client, edition.document, editor) == ["Nothing waits for you here."]


def test_an_overdue_review_is_said_and_is_the_editors_next_step(
    client: Client, workflow: Workflow, editor: User
) -> None:
    edition = workflow.publish_whole()

    with time_machine.travel(NOON + timedelta(days=800), tick=False):
        steps = list_steps(client, edition.document, editor)
        page = Desk(client, edition.document).get("overview").content

    assert "overdue" in steps[0]
    assert b"Review overdue" in page


def test_problems_are_listed_and_the_first_thing_to_fix(
    client: Client, workflow: Workflow, editor: User
) -> None:
    document = workflow.save(summary="Cites [@nowhere].")

    steps = list_steps(client, document, editor)
    page = Desk(client, document).get("overview").content

    assert steps[0] == "Fix one problem that publishing would refuse"
    assert b"What publishing would refuse (1)" in page


def test_it_shows_live_edition_editors_plans_and_open_comments(
    client: Client, workflow: Workflow, publisher: User, editor: User
) -> None:
    edition = workflow.publish_whole()
    workflow.save(summary="New words.")
    document = edition.document
    schedule(
        document=document,
        verb=Verb.WITHDRAW,
        due_at=NOON + timedelta(days=9),
        by=publisher,
        at=NOON + timedelta(hours=1),
        reason="Replaced.",
    )
    Comment.objects.create(
        document=document,
        content_digest=read_digest(document),
        body="Which elbow?",
        written_at=NOON,
        written_by=editor,
    )

    html = Desk(client, document).log_in(publisher, "view_comment").get("overview").content.decode()

    assert "1, published 21 November 2026" in html
    assert "Eda Editor" in html
    assert "Withdraw on 30 November 2026, 12:00 UTC" in html
    assert "Open comments (1)" in html
    assert "Which elbow?" in html


def test_comments_are_for_those_who_may_read_them(
    client: Client, workflow: Workflow, editor: User
) -> None:
    document = workflow.save()
    Comment.objects.create(
        document=document,
        content_digest=read_digest(document),
        body="Which elbow?",
        written_at=NOON,
        written_by=editor,
    )
    viewer = make_person("viewer")

    assert b"Which elbow?" not in Desk(client, document).log_in(viewer).get("overview").content


def test_an_unsigned_live_edition_is_shouted(
    client: Client, workflow: Workflow, publisher: User
) -> None:
    edition = workflow.publish_whole()
    workflow.save(summary="Urgent words.")
    Desk(client, edition.document).log_in(publisher, "break_glass")
    at = NOON + timedelta(days=1)
    break_glass(
        document=edition.document,
        by=User.objects.get(pk=publisher.pk),
        at=at,
        reason="It did harm.",
        deadline_at=at + timedelta(hours=24),
    )

    html = Desk(client, edition.document).get("overview").content.decode()

    assert "Readers get an unsigned edition" in html
    assert "It did harm." in html
    assert "23 November 2026, 12:00 UTC" in html
    assert "edition 1 is live again" in html


def test_a_document_whose_draft_is_gone_leads_to_its_history(
    client: Client, workflow: Workflow, editor: User
) -> None:
    from calfcms.publishing.kinds import get_kind
    from calfcms.publishing.models import Standing

    document = workflow.save()
    get_kind("condition").delete_rows(document)
    Standing.objects.filter(document=document).delete()

    assert "no draft" in list_steps(client, document, editor)[0]


def test_it_is_closed_to_staff_who_may_not_see_documents(
    client: Client, workflow: Workflow, editor: User
) -> None:
    desk = Desk(client, workflow.save()).log_in(editor)
    editor.user_permissions.clear()

    assert desk.get("overview").status_code == 403


def test_its_queries_do_not_grow_with_the_number_of_editions(
    client: Client, workflow: Workflow, editor: User
) -> None:
    edition = workflow.publish_whole()
    workflow.save(summary="A draft.")
    desk = Desk(client, edition.document).log_in(editor)
    few = count_queries(lambda: desk.get("overview"))

    for number in range(5):
        workflow.publish_whole(summary=f"Words {number}.")
    workflow.save(summary="And a draft.")

    assert count_queries(lambda: desk.get("overview")) <= few
