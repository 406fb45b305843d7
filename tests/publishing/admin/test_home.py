"""The first page of the admin: what waits for whom, with counts of what is there."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.admin.home import SHOWN
from calfcms.publishing.admin.reviews_due import describe_reviews_due
from calfcms.publishing.models import Document
from tests.conftest import make_person
from tests.publishing.admin.long_past import (
    EDITIONS,
    MOST_QUERIES,
    REVISIONS,
    count_queries,
    make_document,
)
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db


def open_home(client: Client, person: User) -> dict[str, tuple[int, list[str]]]:
    """The panels that this person sees: title to count and titles of rows."""
    person.is_staff = True
    person.save()
    client.force_login(person)
    panels = client.get("/admin/").context["panels"]
    return {panel.title: (panel.total, [row.title for row in panel.rows]) for panel in panels}


TITLE = "Glass elbow: what it is and what helps"


def test_an_editor_sees_own_drafts_until_they_are_submitted(
    workflow: Workflow, client: Client, editor: User
) -> None:
    document = workflow.save()
    before = open_home(client, editor)

    workflow.submit(document)
    after = open_home(client, editor)

    assert before["My drafts"] == (1, [TITLE])
    assert after["My drafts"] == (0, [])


def test_an_editor_sees_what_a_reviewer_wants_changed(
    workflow: Workflow, client: Client, editor: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    assert open_home(client, editor)["Changes requested"] == (1, [TITLE])


def test_another_editor_does_not_see_them(workflow: Workflow, client: Client) -> None:
    workflow.save()
    other = make_person("other", "edit_draft", "submit")

    assert open_home(client, other)["My drafts"] == (0, [])


def test_a_reviewer_sees_what_waits_and_that_it_touches_safety(
    workflow: Workflow, client: Client, reviewer: User
) -> None:
    workflow.submit(workflow.save())

    panels = open_home(client, reviewer)
    page = client.get("/admin/").content.decode()

    assert panels["Waiting for my sign-off"] == (1, [TITLE])
    assert "safety content changed" in page
    assert "clinical · waiting" in page


def test_own_work_does_not_wait_for_its_author(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    workflow.submit(document)
    grant(workflow.editor, "sign_off")

    assert open_home(client, workflow.editor)["Waiting for my sign-off"] == (0, [])


def grant(person: User, right: str) -> None:
    """Give one more right."""
    from django.contrib.auth.models import Permission

    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="publishing", codename=right)
    )


def test_a_clinical_review_does_not_wait_for_somebody_without_a_profile(
    workflow: Workflow, client: Client
) -> None:
    workflow.submit(workflow.save())
    signer = make_person("signer", "sign_off")

    assert open_home(client, signer)["Waiting for my sign-off"] == (0, [])


def test_a_publisher_sees_what_is_approved(
    workflow: Workflow, client: Client, publisher: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    before = open_home(client, publisher)

    workflow.publish(document)
    after = open_home(client, publisher)

    assert before["Approved, ready to publish"] == (1, [TITLE])
    assert after["Approved, ready to publish"] == (0, [])


def test_broken_citations_are_seen_by_all_who_may_see_documents(
    workflow: Workflow, client: Client
) -> None:
    workflow.save(summary="It tingles [@nobody-1999].")
    viewer = make_person("viewer", "view_document")

    assert open_home(client, viewer)["Broken citations"] == (1, [TITLE])


def test_reviews_due_are_counted_by_month(workflow: Workflow) -> None:
    workflow.publish_whole()  # reviewed in November 2026, due after 24 months

    this_year = describe_reviews_due(date(2026, 11, 21))["bars"]
    then = describe_reviews_due(date(2028, 11, 1))["bars"]
    later = describe_reviews_due(date(2028, 12, 1))["bars"]

    assert [(bar["label"], bar["number"]) for bar in this_year if bar["number"]] == [("Later", 1)]
    assert [(bar["label"], bar["number"]) for bar in then if bar["number"]] == [("Nov 2028", 1)]
    assert [(bar["label"], bar["number"]) for bar in later if bar["number"]] == [("Overdue", 1)]


def test_the_count_is_of_all_though_the_list_is_short(
    workflow: Workflow, client: Client, editor: User
) -> None:
    for number in range(SHOWN + 2):
        workflow.save(slug=f"elbow-{number}", name="Elbow")

    total, rows = open_home(client, editor)["My drafts"]

    assert (total, len(rows)) == (SHOWN + 2, SHOWN)


def test_somebody_without_rights_is_told_so(client: Client, db: None) -> None:
    person = make_person("nobody")

    assert open_home(client, person) == {}
    assert "Ask an administrator" in client.get("/admin/").content.decode()


def test_it_takes_few_queries_however_much_there_is(
    workflow: Workflow,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        workflow.submit(workflow.save(slug=f"elbow-{number}", name="Elbow"))
    person = User.objects.create_superuser("root", password=None)
    client.force_login(person)

    with django_assert_max_num_queries(19):
        client.get("/admin/")

    assert Document.objects.count() == 12


def test_what_went_out_unsigned_is_still_its_authors_own_work(
    workflow: Workflow, client: Client, publisher: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    workflow.save(summary="It burns. Wash it at once.")
    grant(publisher, "break_glass")
    break_glass(
        document=document,
        by=User.objects.get(pk=publisher.pk),
        at=(at := clock()),
        reason="Readers were told to wait.",
        deadline_at=at + timedelta(hours=3),
    )
    workflow.submit(document)
    grant(workflow.editor, "sign_off")

    author = open_home(client, User.objects.get(pk=workflow.editor.pk))
    signer = open_home(client, workflow.reviewer)

    assert author["Waiting for my sign-off"][0] == 0
    assert signer["Waiting for my sign-off"] == (1, [TITLE])


@pytest.mark.slow
def test_a_long_past_costs_no_more_queries(workflow: Workflow, client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", password=None))
    make_document(workflow, "short", editions=1, revisions=1)
    few = count_queries(client, "/admin/")

    make_document(workflow, "long", editions=EDITIONS, revisions=REVISIONS)

    assert count_queries(client, "/admin/") == few
    assert few < MOST_QUERIES
