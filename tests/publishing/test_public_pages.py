"""`/preview/<token>` and `/review/<token>`: what people without an account get to see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.actions.invite import SentInvitation, invite
from calfcms.publishing.actions.revoke_invitation import revoke_invitation
from calfcms.publishing.actions.share_preview import share_preview
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Invitation, ReviewerProfile, SignOff
from calfcms.publishing.previews import PreviewLink, write_token
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviter(db: None) -> User:
    return make_person("inviter", "invite", first_name="Ina", last_name="Inviter")


@pytest.fixture
def document(workflow: Workflow) -> Document:
    document = workflow.save()
    workflow.submit(document)
    return document


@pytest.fixture
def preview_url(document: Document, inviter: User) -> str:
    return f"/preview/{share_preview(document=document, by=inviter, at=NOON, days=7).token}"


@pytest.fixture
def sent(document: Document, inviter: User, reviewer: User) -> SentInvitation:
    return invite(
        document=document,
        reviewer=ReviewerProfile.objects.get(user=reviewer),
        by=inviter,
        at=NOON,
        expires_at=NOON + timedelta(days=7),
    )


@pytest.fixture
def after_noon() -> Any:
    """It is an hour after noon."""
    with time_machine.travel(NOON + timedelta(hours=1), tick=False) as traveller:
        yield traveller


def assert_secret(response: Any) -> None:
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_preview_needs_no_account_and_says_that_it_is_a_draft(
    client: Client, preview_url: str, after_noon: Any
) -> None:
    response = client.get(preview_url)

    assert response.status_code == 200
    assert b"An elbow that tingles" in response.content
    assert b"not signed and not published" in response.content
    assert b"28 November 2026, 12:00 UTC" in response.content
    assert_secret(response)
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_preview_shows_the_draft_as_it_is_when_it_is_opened(
    client: Client, preview_url: str, workflow: Workflow, after_noon: Any
) -> None:
    workflow.save(summary="Newer words.")

    assert b"Newer words." in client.get(preview_url).content


def test_a_preview_expires(client: Client, preview_url: str) -> None:
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        response = client.get(preview_url)

    assert response.status_code == 410
    assert b"expired" in response.content
    assert b"An elbow" not in response.content
    assert_secret(response)


def test_a_token_that_was_changed_opens_nothing(
    client: Client, preview_url: str, after_noon: Any
) -> None:
    response = client.get(preview_url[:-1] + ("A" if preview_url[-1] != "A" else "B"))

    assert response.status_code == 404
    assert_secret(response)


def test_a_preview_of_a_discarded_draft_says_so(
    client: Client, preview_url: str, document: Document, after_noon: Any
) -> None:
    get_kind("condition").delete_rows(document)

    assert client.get(preview_url).status_code == 410


def test_a_preview_of_a_document_that_never_was_says_so(client: Client, after_noon: Any) -> None:
    link = PreviewLink("b7f0c1f2-5a52-4a83-9d0f-1f40a6f0a001", NOON + timedelta(days=1))

    assert client.get(f"/preview/{write_token(link)}").status_code == 410


def test_nothing_can_be_sent_to_a_preview(
    client: Client, preview_url: str, after_noon: Any
) -> None:
    assert client.post(preview_url).status_code == 405


Post = Callable[..., Any]


@pytest.fixture
def post(client: Client, sent: SentInvitation, after_noon: Any) -> Post:
    """Send the form of the review page; every field can be changed, or left out with None."""

    def call(**changes: Any) -> Any:
        fields = {
            "content_digest": sent.invitation.content_digest,
            "decision": "approved",
            "conflicts_of_interest": "none declared",
            "comment": "",
            "declares_identity": "yes",
        } | changes
        sendable = {name: value for name, value in fields.items() if value is not None}
        return client.post(f"/review/{sent.token}", sendable)

    return call


def test_a_reviewer_sees_what_to_judge_without_an_account(
    client: Client, sent: SentInvitation, after_noon: Any
) -> None:
    response = client.get(f"/review/{sent.token}")

    assert response.status_code == 200
    assert b"Rex Reviewer (fictional)" in response.content
    assert b"Ina Inviter" in response.content
    assert b"An elbow that tingles" in response.content
    assert sent.invitation.content_digest.encode() in response.content
    assert_secret(response)
    assert "form-action 'self'" in response["Content-Security-Policy"]


def test_a_reviewer_sees_what_changed_since_the_live_edition(
    client: Client, workflow: Workflow, inviter: User, reviewer: User, after_noon: Any
) -> None:
    edition = workflow.publish_whole()
    workflow.save(red_flags=())
    workflow.submit(edition.document)
    profile = ReviewerProfile.objects.get(user=reviewer)
    until = NOON + timedelta(days=7)
    sent = invite(
        document=edition.document, reviewer=profile, by=inviter, at=NOON, expires_at=until
    )

    response = client.get(f"/review/{sent.token}")

    assert response.context["comparison"].is_safety_change
    assert b"comparison-safety" in response.content


def test_looking_uses_nothing_up(client: Client, sent: SentInvitation, after_noon: Any) -> None:
    for _ in range(3):
        assert client.get(f"/review/{sent.token}").status_code == 200


def test_signing_is_thanked_for_and_closes_the_link(
    client: Client, post: Post, sent: SentInvitation
) -> None:
    response = post()

    assert response.status_code == 200
    assert b"Thank you" in response.content
    assert SignOff.objects.get().decision == "approved"
    later = client.get(f"/review/{sent.token}")
    assert later.status_code == 410
    assert b"was used" in later.content


def test_a_second_signature_is_refused(post: Post) -> None:
    post()

    assert post().status_code == 410
    assert SignOff.objects.count() == 1


def test_a_refusal_shows_every_reason_and_keeps_what_was_typed(post: Post) -> None:
    response = post(decision="changes_requested", conflicts_of_interest=" ", comment="")

    assert response.status_code == 409
    assert b"conflicts_not_declared" in response.content
    assert b"comment_missing" in response.content
    assert Invitation.objects.get().used_at is None


def test_what_was_typed_is_escaped(post: Post) -> None:
    response = post(decision="", comment="<script>alert(1)</script>")

    assert response.status_code == 409
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decision": None}, "decision_missing"),
        ({"decision": "published"}, "decision_missing"),
        ({"declares_identity": None}, "identity_not_declared"),
        ({"content_digest": "sha256:0"}, "draft_changed"),
        ({"checked_references": ["nowhere"]}, None),
    ],
)
def test_what_does_not_fit_is_refused(
    post: Post, changes: dict[str, Any], code: str | None
) -> None:
    response = post(**changes)

    assert response.status_code == 409
    assert not SignOff.objects.exists()
    if code:
        assert code.encode() in response.content


def test_a_draft_that_changed_cannot_be_signed_and_is_not_shown(
    client: Client, post: Post, sent: SentInvitation, workflow: Workflow
) -> None:
    workflow.save(summary="Other words.")

    for response in (client.get(f"/review/{sent.token}"), post()):
        assert response.status_code == 409
        assert b"The draft has changed" in response.content
        assert b"Other words." not in response.content


def test_an_invitation_that_was_taken_back_says_so(
    client: Client, sent: SentInvitation, inviter: User, after_noon: Any
) -> None:
    revoke_invitation(invitation=sent.invitation, by=inviter, at=NOON)

    response = client.get(f"/review/{sent.token}")

    assert response.status_code == 410
    assert b"taken back" in response.content


def test_an_invitation_that_expired_says_so(client: Client, sent: SentInvitation) -> None:
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        response = client.get(f"/review/{sent.token}")

    assert response.status_code == 410
    assert b"has expired" in response.content


def test_an_unknown_invitation_says_so(client: Client, db: None) -> None:
    response = client.get("/review/made-up")

    assert response.status_code == 404
    assert_secret(response)


def test_the_form_cannot_be_sent_from_another_site(sent: SentInvitation, after_noon: Any) -> None:
    stranger = Client(enforce_csrf_checks=True)

    response = stranger.post(f"/review/{sent.token}", {"decision": "approved"})

    assert response.status_code == 403
    assert not SignOff.objects.exists()


def test_it_needs_few_queries(
    client: Client,
    sent: SentInvitation,
    after_noon: datetime,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    with django_assert_max_num_queries(45):
        client.get(f"/review/{sent.token}")
