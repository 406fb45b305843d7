"""The list of documents: title, state, live edition and review date, in few queries."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.discard_draft import discard_draft
from calfcms.publishing.actions.withdraw import withdraw
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db

LIST = "/admin/publishing/document/"


@pytest.fixture
def viewer(client: Client, db: None) -> User:
    person = make_person("viewer", "view_document")
    person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def list_shown(client: Client, **query: str) -> list[Any]:
    """The documents that the list shows."""
    return list(client.get(LIST, query).context["cl"].result_list)


def test_it_shows_where_each_draft_stands_and_what_readers_get(
    workflow: Workflow, client: Client, viewer: User
) -> None:
    workflow.publish_whole()
    workflow.submit(workflow.save(slug="stone-knee", name="Stone knee"))

    shown = {one.slug: (one.state, one.live_number) for one in list_shown(client)}
    page = client.get(LIST).content.decode()

    assert shown == {"glass-elbow": ("published", 1), "stone-knee": ("in_review", None)}
    assert "in review" in page
    assert "never published" in page
    assert "21 Nov 2028" in page


def test_it_is_filtered_by_state_and_searched_by_title(
    workflow: Workflow, client: Client, viewer: User
) -> None:
    workflow.publish_whole()
    workflow.save(slug="stone-knee", title="Stone knee: a heavy joint")

    assert [one.slug for one in list_shown(client, state="draft")] == ["stone-knee"]
    assert [one.slug for one in list_shown(client, q="heavy")] == ["stone-knee"]


def test_a_discarded_draft_is_found(
    workflow: Workflow, client: Client, viewer: User, editor: User, clock: Clock
) -> None:
    document = workflow.save()
    discard_draft(document=document, by=editor, at=clock(), reason="Written twice")

    assert [one.slug for one in list_shown(client, state="discarded")] == ["glass-elbow"]
    assert f"/document/{document.pk}/discard/" in client.get(LIST).content.decode()


def test_its_queries_do_not_grow(
    workflow: Workflow,
    client: Client,
    viewer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        workflow.save(slug=f"elbow-{number}")

    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_a_withdrawn_document_says_so(
    workflow: Workflow, client: Client, viewer: User, publisher: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    withdraw(document=document, by=publisher, at=clock(), reason="It was wrong.")

    assert "withdrawn" in client.get(LIST).content.decode()
