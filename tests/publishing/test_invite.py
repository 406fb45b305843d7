"""Inviting outside reviewers: a one-time link for one person and one wording."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.invite import SentInvitation, invite
from calfcms.publishing.actions.revoke_invitation import revoke_invitation
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.invitations import digest_token, find_invitation
from calfcms.publishing.models import Document, Event, Invitation, ReviewerProfile
from tests.conftest import make_person
from tests.publishing.conftest import Workflow, make_draft, read_digest
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviter(db: None) -> User:
    return make_person("inviter", "invite", first_name="Ina", last_name="Inviter")


@pytest.fixture
def submitted(workflow: Workflow) -> Document:
    document = workflow.save()
    workflow.submit(document)
    return document


Ask = Callable[..., SentInvitation]


@pytest.fixture
def ask(submitted: Document, inviter: User, reviewer: User, at: datetime) -> Ask:
    """Invite the reviewer to sign what was submitted; every argument can be changed."""

    def call(**changes: Any) -> SentInvitation:
        values: dict[str, Any] = {
            "document": submitted,
            "reviewer": ReviewerProfile.objects.get(user=reviewer),
            "by": inviter,
            "at": at,
            "expires_at": at + timedelta(days=14),
        }
        return invite(**(values | changes))

    return call


def test_it_is_for_what_the_draft_says_now(ask: Ask, submitted: Document) -> None:
    sent = ask()

    assert sent.invitation.content_digest == read_digest(submitted)
    assert find_invitation(sent.token) == sent.invitation


def test_the_token_is_long_and_only_its_digest_is_kept(ask: Ask) -> None:
    sent = ask()

    assert len(sent.token) >= 43  # 256 bits
    row = Invitation.objects.values().get()
    assert row["token_digest"] == digest_token(sent.token)
    assert sent.token not in str(row)
    assert all(sent.token not in str(event.details) for event in Event.objects.all())


def test_it_is_an_event(ask: Ask) -> None:
    sent = ask()

    event = Event.objects.order_by("-seq")[0]

    assert (event.action, event.actor) == ("invitation.sent", "Ina Inviter")
    assert event.content_digest == sent.invitation.content_digest
    assert event.details == {
        "invitation": sent.invitation.pk,
        "reviewer": "Rex Reviewer (fictional)",
        "expires_at": "2026-12-05T12:00:00Z",
    }


def test_it_refuses_without_the_right(ask: Ask, publisher: User) -> None:
    assert list_refusals(lambda: ask(by=publisher)) == ["not_allowed"]
    assert not Invitation.objects.exists()


def test_it_refuses_a_draft_that_was_not_submitted(ask: Ask, workflow: Workflow) -> None:
    workflow.save(summary="Changed since.")

    assert list_refusals(ask) == ["not_submitted"]


def test_it_refuses_whoever_edited_the_draft_since_they_could_open_the_link(
    ask: Ask, editor: User
) -> None:
    editor.user_permissions.add(*make_person("x", "invite").user_permissions.all())
    editor = User.objects.get(pk=editor.pk)

    assert list_refusals(lambda: ask(by=editor)) == ["inviter_edited"]


def test_it_refuses_to_invite_oneself(ask: Ask, reviewer: User) -> None:
    reviewer.user_permissions.add(*make_person("x", "invite").user_permissions.all())
    reviewer = User.objects.get(pk=reviewer.pk)

    assert list_refusals(lambda: ask(by=reviewer)) == ["own_invitation"]


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_it_refuses_a_time_in_the_past_or_too_far_ahead(ask: Ask, at: datetime, days: int) -> None:
    assert list_refusals(lambda: ask(expires_at=at + timedelta(days=days))) == ["invitation_time"]


def test_it_refuses_a_reviewer_without_the_right_to_sign(ask: Ask, reviewer: User) -> None:
    reviewer.user_permissions.clear()

    assert list_refusals(ask) == ["reviewer_may_not_sign"]


def test_it_refuses_a_reviewer_whose_account_is_closed(ask: Ask, reviewer: User) -> None:
    reviewer.is_active = False
    reviewer.save()

    assert list_refusals(ask) == ["reviewer_may_not_sign"]


def test_it_refuses_a_reviewer_who_edited_the_draft(
    ask: Ask, reviewer: User, workflow: Workflow, clock: Callable[[], datetime]
) -> None:
    reviewer.user_permissions.add(*make_person("x", "edit_draft").user_permissions.all())
    draft = make_draft(summary="By the reviewer.")
    save_draft(
        kind="condition",
        slug=draft.slug,
        locale=draft.locale,
        draft=draft,
        by=User.objects.get(pk=reviewer.pk),
        at=clock(),
    )
    workflow.submit(Document.objects.get())

    assert list_refusals(ask) == ["own_work"]


def test_it_says_at_once_when_credentials_would_not_carry_the_signature(
    ask: Ask, reviewer: User
) -> None:
    profile = reviewer.reviewer_profile
    profile.valid_until, profile.specialties = date(2020, 1, 1), ["dentistry"]
    profile.save()

    assert list_refusals(ask) == ["credentials_expired", "credentials_do_not_cover"]


def test_it_refuses_a_second_open_invitation_for_the_same(ask: Ask) -> None:
    ask()

    assert list_refusals(ask) == ["already_invited"]


def test_one_that_was_taken_back_can_be_sent_anew(ask: Ask, inviter: User, at: datetime) -> None:
    first = ask().invitation

    revoke_invitation(invitation=first, by=inviter, at=at)

    assert ask().invitation.pk != first.pk


def test_taking_back_is_an_event_and_happens_once(ask: Ask, inviter: User, at: datetime) -> None:
    invitation = ask().invitation

    revoke_invitation(invitation=invitation, by=inviter, at=at)

    assert Event.objects.order_by("-seq")[0].action == "invitation.revoked"
    again = list_refusals(lambda: revoke_invitation(invitation=invitation, by=inviter, at=at))
    assert again == ["invitation_closed"]


def test_taking_back_needs_the_right(ask: Ask, publisher: User, at: datetime) -> None:
    invitation = ask().invitation

    codes = list_refusals(lambda: revoke_invitation(invitation=invitation, by=publisher, at=at))

    assert codes == ["not_allowed"]
    assert Invitation.objects.get().revoked_at is None
