"""The audit log in the admin: search, verification from a button, and that each look is logged."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Event
from tests.conftest import make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

LIST = "/admin/publishing/event/"
VERIFY = "/admin/publishing/event/verify/"


@pytest.fixture
def auditor(client: Client, db: None) -> User:
    person = make_person("auditor", "read_audit")
    person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def test_an_auditor_searches_all_events_and_the_search_is_logged(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    workflow.publish_whole()

    response = client.get(LIST, {"q": "edition.published"})

    assert response.status_code == 200
    assert [event.action for event in response.context["cl"].result_list] == ["edition.published"]
    logged = Event.objects.latest("seq")
    assert (logged.action, logged.actor) == ("audit.searched", "auditor")
    assert logged.details == {"query": "q=edition.published"}


def test_words_of_the_details_are_found(workflow: Workflow, client: Client, auditor: User) -> None:
    document = workflow.save()
    workflow.submit(document, note="Elbows are better now")

    response = client.get(LIST, {"q": "better now"})

    assert [event.action for event in response.context["cl"].result_list] == ["draft.submitted"]


def test_a_whole_chain_is_verified_from_the_button(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    workflow.publish_whole()

    page = client.post(VERIFY, follow=True).content.decode()

    assert "The audit log is whole" in page
    assert Event.objects.filter(action="audit.verified").get().details == {"result": "whole"}


def test_it_opens_with_the_right_only(client: Client, db: None) -> None:
    person = make_person("stranger", "view_event", "publish")
    person.is_staff = True
    person.save()
    client.force_login(person)

    assert client.get(LIST).status_code == 403
    assert client.post(VERIFY).status_code == 403
    assert not Event.objects.exists()


def test_verifying_is_a_post(client: Client, auditor: User) -> None:
    assert client.get(VERIFY).status_code == 403
