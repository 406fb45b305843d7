"""The published past in the admin: whoever may view may do nothing else."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

PAGES = ["document", "edition", "submission", "signoff", "event"]


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("root", password=None)


@pytest.mark.parametrize("page", PAGES)
def test_a_list_opens_for_somebody_who_may_view_it(
    workflow: Workflow, client: Client, page: str
) -> None:
    workflow.publish_whole()
    viewer = make_person("viewer", "read_audit" if page == "event" else f"view_{page}")
    viewer.is_staff = True
    viewer.save()
    client.force_login(viewer)

    response = client.get(f"/admin/publishing/{page}/")

    assert response.status_code == 200
    assert b"glass-elbow" in response.content


@pytest.mark.parametrize("page", PAGES)
def test_it_is_closed_to_staff_without_the_right(client: Client, page: str) -> None:
    stranger = make_person("stranger")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(f"/admin/publishing/{page}/").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_even_a_superuser_can_add_nothing(client: Client, superuser: User, page: str) -> None:
    client.force_login(superuser)

    assert client.get(f"/admin/publishing/{page}/add/").status_code == 403


@pytest.mark.parametrize("page", ["edition", "document"])
def test_even_a_superuser_can_change_and_delete_nothing(
    workflow: Workflow, client: Client, superuser: User, page: str
) -> None:
    edition = workflow.publish_whole()
    key = edition.pk if page == "edition" else edition.document_id
    client.force_login(superuser)

    assert client.get(f"/admin/publishing/{page}/{key}/change/", follow=True).status_code == 200
    assert client.post(f"/admin/publishing/{page}/{key}/change/", {}).status_code == 403
    assert (
        client.post(f"/admin/publishing/{page}/{key}/delete/", {"post": "yes"}).status_code == 403
    )
