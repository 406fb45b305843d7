"""Preview links: who may make them, what they carry, and until when."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.signing import Signer

from calfcms.publishing.actions.share_preview import share_preview
from calfcms.publishing.models import Document, Event
from calfcms.publishing.previews import PreviewLink, read_token, write_token
from calfcms.publishing.problem import Refused
from tests.conftest import make_person
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharer(db: None) -> User:
    return make_person("sharer", "invite", first_name="Shaya", last_name="Sharer")


def test_the_token_says_which_draft_and_until_when(
    workflow: Workflow, sharer: User, at: datetime
) -> None:
    document = workflow.save()

    shared = share_preview(document=document, by=sharer, at=at, days=3)

    assert read_token(shared.token) == PreviewLink(str(document.pk), at + timedelta(days=3))


def test_it_is_an_event_without_the_token(workflow: Workflow, sharer: User, at: datetime) -> None:
    document = workflow.save()

    shared = share_preview(document=document, by=sharer, at=at)

    event = Event.objects.order_by("-seq")[0]
    assert (event.action, event.actor) == ("preview.shared", "Shaya Sharer")
    assert event.content_digest == read_digest(document)
    assert event.details == {"expires_at": "2026-11-28T12:00:00Z"}
    assert shared.token not in str(event.details)


def codes_of(document: Document, by: User, at: datetime, days: int = 7) -> list[str]:
    before = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        share_preview(document=document, by=by, at=at, days=days)
    assert Event.objects.count() == before
    return [problem.code for problem in refusal.value.problems]


def test_it_refuses_without_the_right(workflow: Workflow, reviewer: User, at: datetime) -> None:
    assert codes_of(workflow.save(), reviewer, at) == ["not_allowed"]


@pytest.mark.parametrize("days", [0, -1, 31, 10_000])
def test_it_refuses_a_time_that_links_may_not_live(
    workflow: Workflow, sharer: User, at: datetime, days: int
) -> None:
    assert codes_of(workflow.save(), sharer, at, days) == ["preview_days"]


def test_it_refuses_where_there_is_no_draft(sharer: User, at: datetime) -> None:
    empty = Document.objects.create(
        kind="condition",
        slug="empty",
        locale="en",
        content_id="b7f0c1f2-5a52-4a83-9d0f-1f40a6f0a001",
        created_at=at,
        created_by=sharer,
    )

    assert codes_of(empty, sharer, at) == ["no_draft"]


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "WyJ4Il0.AAAA", "é", "😀.x"])
def test_what_was_not_signed_here_is_no_token(token: str) -> None:
    assert read_token(token) is None


def test_a_token_with_one_character_changed_is_none(at: datetime) -> None:
    token = write_token(PreviewLink("b7f0c1f2-5a52-4a83-9d0f-1f40a6f0a001", at))

    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert read_token(token[:place] + other + token[place + 1 :]) is None


def test_a_token_of_another_deployment_is_none() -> None:
    foreign = Signer(key="another secret", salt="calfcms.preview", sep=".")
    token = foreign.sign_object(["b7f0c1f2-5a52-4a83-9d0f-1f40a6f0a001", 4_000_000_000])

    assert read_token(token) is None
