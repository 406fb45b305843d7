"""The page on which outside reviewers are asked."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Document, Invitation, ReviewerProfile
from tests.conftest import make_person
from tests.publishing.conftest import Workflow
from tests.publishing.pages import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviter(db: None) -> User:
    return make_person("inviter", "invite")


@pytest.fixture
def desk(client: Client, workflow: Workflow, inviter: User) -> Desk:
    document = workflow.save()
    workflow.submit(document)
    return Desk(client, document).log_in(inviter)


def invite(desk: Desk, person: User, /, **changes: Any) -> Any:
    profile = ReviewerProfile.objects.get(user=person)
    return desk.post("invite", **({"do": "invite", "reviewer": profile.pk, "days": "5"} | changes))


def test_the_link_is_shown_once_and_opens_the_review(desk: Desk, reviewer: User) -> None:
    response = invite(desk, reviewer)

    found = re.search(r'value="(http://testserver/review/[^"]+)"', response.content.decode())
    assert found
    assert "no-store" in response["Cache-Control"]
    assert found[1] not in desk.get("invite").content.decode()
    assert Client().get(urlsplit(found[1]).path).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reviewer": ""}, "reviewer_missing"),
        ({"reviewer": "x"}, "reviewer_missing"),
        ({"reviewer": "999999"}, "reviewer_missing"),
        ({"days": ""}, "field_invalid"),
        ({"days": "31"}, "invitation_time"),
        ({"days": "99999999999"}, "invitation_time"),
    ],
)
def test_what_does_not_fit_is_refused(
    desk: Desk, reviewer: User, changes: dict[str, str], code: str
) -> None:
    response = invite(desk, reviewer, **changes)

    assert response.status_code == 409
    assert [problem.code for problem in response.context["problems"]] == [code]
    assert not Invitation.objects.exists()


def test_sending_the_form_again_makes_no_second_link(desk: Desk, reviewer: User) -> None:
    invite(desk, reviewer)

    assert invite(desk, reviewer).status_code == 409
    assert Invitation.objects.count() == 1


def test_it_is_taken_back(desk: Desk, reviewer: User) -> None:
    invite(desk, reviewer)

    desk.post("invite", do="revoke", invitation=str(Invitation.objects.get().pk))

    assert Invitation.objects.get().revoked_at
    assert b"taken back" in desk.get("invite").content


def test_an_invitation_for_another_document_cannot_be_taken_back_here(
    desk: Desk, reviewer: User, client: Client, workflow: Workflow
) -> None:
    invite(desk, reviewer)
    other = Desk(client, workflow.save(slug="glass-knee"))

    key = str(Invitation.objects.get().pk)

    assert other.post("invite", do="revoke", invitation=key).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_nothing_can_be_asked_before_the_draft_is_submitted(
    client: Client, workflow: Workflow, inviter: User
) -> None:
    desk = Desk(client, workflow.save()).log_in(inviter)

    assert b"Make a one-time link" not in desk.get("invite").content


def test_it_is_closed_without_the_right(client: Client, workflow: Workflow, reviewer: User) -> None:
    document: Document = workflow.save()
    desk = Desk(client, document).log_in(reviewer)

    assert desk.get("invite").status_code == 403
    assert desk.post("invite", do="invite").status_code == 403
