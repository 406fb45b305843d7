"""The compare page: any two wordings of a document side by side."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Event
from tests.conftest import make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor: User) -> Client:
    return seat(editor)


def test_it_compares_the_draft_with_what_is_live_unless_told_otherwise(
    desk: Client, workflow: Workflow
) -> None:
    document = workflow.publish_whole(summary="It tingles at night.").document
    workflow.save(summary="It tingles by day.")

    response = desk.get(url_of("compare", document))

    assert (response.context["before"].name, response.context["after"].name) == (
        "edition:1",
        "draft",
    )
    page = response.content.decode()
    assert "<del>at night</del>" in page
    assert "<ins>by day</ins>" in page


def test_any_two_wordings_can_be_compared(desk: Client, workflow: Workflow) -> None:
    document = workflow.save(summary="One.")
    first = Event.objects.latest("seq").details["revision"]
    workflow.save(summary="Two.")
    second = Event.objects.latest("seq").details["revision"]
    workflow.save(summary="Three.")

    response = desk.get(
        url_of("compare", document, before=f"revision:{first}", after=f"revision:{second}")
    )

    [change] = response.context["comparison"].fields
    assert (change.before, change.after) == ("One.", "Two.")


def test_the_choices_are_the_draft_every_edition_and_the_last_revisions(
    desk: Client, workflow: Workflow
) -> None:
    document = workflow.publish_whole().document

    names = [name for name, _ in desk.get(url_of("compare", document)).context["choices"]]

    assert names[:2] == ["draft", "edition:1"]
    assert names[2].startswith("revision:")


def test_a_first_draft_is_compared_with_nothing(desk: Client, workflow: Workflow) -> None:
    response = desk.get(url_of("compare", workflow.save()))

    assert response.status_code == 200
    assert response.context["comparison"].is_first


def test_a_wording_with_markup_is_shown_as_text(desk: Client, workflow: Workflow) -> None:
    document = workflow.save(summary="<script>alert(1)</script>")

    page = desk.get(url_of("compare", document)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["edition:7", "revision:0", "nonsense", "edition:" + "9" * 30])
def test_a_wording_that_is_not_there_is_404_and_says_what_there_is(
    desk: Client, workflow: Workflow, name: str
) -> None:
    document = workflow.save()

    response = desk.get(url_of("compare", document, before=name))

    assert response.status_code == 404
    assert "Choose the draft" in response.content.decode()


def test_it_is_closed_to_whoever_may_not_see_reviews(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    stranger = make_person("stranger", "view_document", "view_edition")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(url_of("compare", document)).status_code == 403


def test_nothing_can_be_posted_to_it(desk: Client, workflow: Workflow) -> None:
    assert desk.post(url_of("compare", workflow.save())).status_code == 403
