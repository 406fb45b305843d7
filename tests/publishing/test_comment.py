"""Comments: remarks on parts of a draft, and that they were dealt with."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.comment import comment
from calfcms.publishing.actions.resolve_comment import resolve_comment
from calfcms.publishing.models import Comment, Document, Event
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import find_audit_break
from tests.conftest import make_person
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def commenter(db: None) -> User:
    return make_person("commenter", "comment", first_name="Con", last_name="Commenter")


@pytest.fixture
def document(workflow: Workflow) -> Document:
    return workflow.save()


def write(document: Document, by: User, at: datetime, **changes: str) -> Comment:
    said = {"part": "red_flags/numb-hand", "body": "Say for how long.", "content_digest": ""}
    said["content_digest"] = read_digest(document)
    return comment(document=document, by=by, at=at, **(said | changes))


def codes_of(document: Document, by: User, at: datetime, **changes: str) -> list[str]:
    with pytest.raises(Refused) as refusal:
        write(document, by, at, **changes)
    assert not Comment.objects.exists()
    return [problem.code for problem in refusal.value.problems]


def test_it_is_kept_with_the_wording_and_the_part_that_it_is_about(
    document: Document, commenter: User, at: datetime
) -> None:
    written = write(document, commenter, at, body="  Say for how long. ")

    assert (written.part, written.body) == ("red_flags/numb-hand", "Say for how long.")
    assert written.content_digest == read_digest(document)
    event = Event.objects.latest("seq")
    assert (event.action, event.actor) == ("comment.written", "Con Commenter")
    assert event.details == {
        "comment": written.pk,
        "part": "red_flags/numb-hand",
        "about": "Your hand is numb and stays numb",
        "body": "Say for how long.",
    }
    assert find_audit_break() is None


@pytest.mark.parametrize("part", ["", "summary", "red_flags/numb-hand"])
def test_it_may_be_about_the_whole_a_member_or_a_part(
    document: Document, commenter: User, at: datetime, part: str
) -> None:
    assert write(document, commenter, at, part=part).part == part


def test_it_may_be_about_a_part_that_the_draft_leaves_out(
    workflow: Workflow, commenter: User, at: datetime
) -> None:
    document = workflow.publish_whole().document
    workflow.save(red_flags=())

    written = write(document, commenter, at)

    assert written.part == "red_flags/numb-hand"


def test_it_may_be_about_an_earlier_wording(
    workflow: Workflow, document: Document, commenter: User, at: datetime
) -> None:
    read = read_digest(document)
    workflow.save(summary="Changed meanwhile.")

    assert write(document, commenter, at, content_digest=read).content_digest == read


def test_it_refuses_an_unknown_part(document: Document, commenter: User, at: datetime) -> None:
    assert codes_of(document, commenter, at, part="red_flags/other") == ["part_unknown"]


def test_it_refuses_a_wording_that_never_was(
    document: Document, commenter: User, at: datetime
) -> None:
    assert codes_of(document, commenter, at, content_digest="sha256:0") == ["wording_unknown"]


def test_it_refuses_an_empty_comment(document: Document, commenter: User, at: datetime) -> None:
    assert codes_of(document, commenter, at, body=" \n ") == ["comment_missing"]


def test_it_refuses_a_comment_that_nobody_would_read(
    document: Document, commenter: User, at: datetime
) -> None:
    assert codes_of(document, commenter, at, body="x" * 5_001) == ["comment_too_long"]


def test_it_refuses_somebody_without_the_right(
    document: Document, editor: User, at: datetime
) -> None:
    assert codes_of(document, editor, at) == ["not_allowed"]


def test_it_can_be_resolved_once(document: Document, commenter: User, at: datetime) -> None:
    written = write(document, commenter, at)

    resolved = resolve_comment(comment=written, by=commenter, at=at)

    assert (resolved.resolved_at, resolved.resolved_by) == (at, commenter)
    assert Event.objects.latest("seq").action == "comment.resolved"
    with pytest.raises(Refused, match="resolved already"):
        resolve_comment(comment=written, by=commenter, at=at)


def test_nobody_resolves_without_the_right(
    document: Document, commenter: User, editor: User, at: datetime
) -> None:
    written = write(document, commenter, at)

    with pytest.raises(Refused, match="right"):
        resolve_comment(comment=written, by=editor, at=at)

    assert Comment.objects.get().resolved_at is None
