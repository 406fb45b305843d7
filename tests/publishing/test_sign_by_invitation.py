"""Signing through a one-time link: once, in time, exactly what was asked for, and logged."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from calfcms.publishing.actions.invite import SentInvitation, invite
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.revoke_invitation import revoke_invitation
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_by_invitation import sign_by_invitation
from calfcms.publishing.models import Document, Event, Invitation, ReviewerProfile, SignOff
from calfcms.publishing.policy import Decision
from tests.conftest import make_person
from tests.publishing.conftest import Workflow, make_draft, read_digest
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviter(db: None) -> User:
    return make_person("inviter", "invite", first_name="Ina", last_name="Inviter")


@pytest.fixture
def sent(workflow: Workflow, inviter: User, reviewer: User, at: datetime) -> SentInvitation:
    document = workflow.save()
    workflow.submit(document)
    return invite(
        document=document,
        reviewer=ReviewerProfile.objects.get(user=reviewer),
        by=inviter,
        at=at,
        expires_at=at + timedelta(days=7),
    )


Sign = Callable[..., SignOff]


@pytest.fixture
def sign(sent: SentInvitation, at: datetime) -> Sign:
    """Sign with the invitation; every argument can be changed."""

    def call(**changes: Any) -> SignOff:
        values: dict[str, Any] = {
            "token": sent.token,
            "content_digest": sent.invitation.content_digest,
            "decision": Decision.APPROVED,
            "at": at + timedelta(hours=1),
            "conflicts_of_interest": "none declared",
            "declares_identity": True,
        }
        return sign_by_invitation(**(values | changes))

    return call


def test_it_is_a_sign_off_of_the_reviewer_like_any_other(sign: Sign, reviewer: User) -> None:
    signed = sign()

    assert (signed.signed_by, signed.role) == (reviewer, "clinical")
    assert signed.reviewer_registration == "Fictional Register 0000"


def test_what_was_signed_so_can_be_published(sign: Sign, publisher: User, at: datetime) -> None:
    sign()

    edition = publish(document=Document.objects.get(), by=publisher, at=at + timedelta(hours=2))

    assert edition.number == 1


def test_the_log_says_who_signed_and_who_asked(
    sign: Sign, sent: SentInvitation, inviter: User
) -> None:
    sign()

    used, review = Event.objects.order_by("-seq")[:2]
    assert (review.action, review.actor) == ("review.approved", "Rex Reviewer")
    assert (used.action, used.actor) == ("invitation.used", "Rex Reviewer")
    assert used.details == {
        "invitation": sent.invitation.pk,
        "invited_by": str(inviter.pk),
        "inviter": "Ina Inviter",
        "decision": "approved",
    }


def test_it_works_once(sign: Sign) -> None:
    signed = sign()

    assert list_refusals(sign) == ["invitation_used"]
    assert SignOff.objects.get() == signed
    assert Invitation.objects.get().sign_off == signed


def test_asking_for_changes_uses_it_up_too(sign: Sign) -> None:
    sign(decision=Decision.CHANGES_REQUESTED, comment="Say more.")

    assert list_refusals(sign) == ["invitation_used"]


def test_a_refusal_leaves_it_as_good_as_before(sign: Sign) -> None:
    assert list_refusals(lambda: sign(conflicts_of_interest=" ")) == ["conflicts_not_declared"]

    assert sign().pk


def test_it_refuses_an_unknown_token(sign: Sign) -> None:
    assert list_refusals(lambda: sign(token="made-up")) == ["invitation_unknown"]


def test_it_refuses_from_the_moment_when_it_expires(
    sign: Sign, sent: SentInvitation, at: datetime
) -> None:
    expiry = sent.invitation.expires_at

    assert list_refusals(lambda: sign(at=expiry)) == ["invitation_expired"]
    assert sign(at=expiry - timedelta(seconds=1)).pk


def test_it_refuses_what_was_taken_back(
    sign: Sign, sent: SentInvitation, inviter: User, at: datetime
) -> None:
    revoke_invitation(invitation=sent.invitation, by=inviter, at=at)

    assert list_refusals(sign) == ["invitation_revoked"]


def test_it_refuses_a_draft_that_changed_until_it_says_the_same_again(
    sign: Sign, workflow: Workflow
) -> None:
    workflow.save(summary="Other words.")

    assert list_refusals(sign) == ["draft_changed"]
    workflow.save()
    assert sign().pk


def test_it_refuses_another_digest_than_was_asked_for(sign: Sign, workflow: Workflow) -> None:
    document = workflow.save(summary="Other words.")
    workflow.submit(document)

    codes = list_refusals(lambda: sign(content_digest=read_digest(document)))

    assert codes == ["draft_changed"]


def test_it_refuses_without_saying_to_be_the_one_invited(sign: Sign) -> None:
    assert list_refusals(lambda: sign(declares_identity=False)) == ["identity_not_declared"]


def test_it_refuses_when_the_inviter_edited_the_draft_meanwhile(
    sign: Sign, inviter: User, workflow: Workflow, clock: Callable[[], datetime]
) -> None:
    inviter.user_permissions.add(Permission.objects.get(codename="edit_draft"))
    editing = User.objects.get(pk=inviter.pk)
    draft = make_draft(summary="By the inviter.")
    save_draft(
        kind="condition",
        slug=draft.slug,
        locale=draft.locale,
        draft=draft,
        by=editing,
        at=clock(),
    )
    workflow.save()  # and back to what was submitted

    assert list_refusals(sign) == ["inviter_edited"]


@pytest.mark.parametrize("change", ["right", "account"])
def test_it_refuses_a_reviewer_who_may_not_sign_any_more(
    sign: Sign, reviewer: User, change: str
) -> None:
    if change == "right":
        reviewer.user_permissions.clear()
    else:
        reviewer.is_active = False
        reviewer.save()

    assert list_refusals(sign) == ["not_allowed"]
    assert Invitation.objects.get().used_at is None
