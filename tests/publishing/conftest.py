"""A made-up page about a made-up condition, and the way it takes to its readers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.urgency import Urgency
from conditions.actions.save_publisher import save_publisher
from conditions.draft import ConditionDraft, PublisherDraft, RedFlag

Clock = Callable[[], datetime]


def make_draft(**changes: Any) -> ConditionDraft:
    """A complete page about an invented complaint."""
    page = ConditionDraft(
        slug="glass-elbow",
        locale="en",
        title="Glass elbow: what it is and what helps",
        name="Glass elbow",
        publisher="demo",
        specialties=("general-practice",),
        review_interval_months=24,
        summary="An elbow that tingles when you lean on it.",
        red_flags=(
            RedFlag(
                id="numb-hand",
                sign="Your hand is numb and stays numb",
                urgency=Urgency.URGENT,
                action="Be seen today.",
            ),
        ),
        disclaimer="Information, not a diagnosis.",
    )
    return page.model_copy(update=changes)


class Workflow(Protocol):
    """Takes drafts through the workflow as the right people."""

    editor: User
    reviewer: User
    publisher: User

    def save(self, **changes: Any) -> Document: ...
    def submit(self, document: Document, change_class: str = ..., note: str = ...) -> None: ...
    def sign(self, document: Document, role: str = ..., decision: str = ...) -> None: ...
    def publish(self, document: Document) -> Edition: ...
    def publish_whole(self, **changes: Any) -> Edition: ...


class _Workflow:
    def __init__(self, editor: User, reviewer: User, publisher: User, clock: Clock) -> None:
        self.editor, self.reviewer, self.publisher, self.clock = editor, reviewer, publisher, clock

    def save(self, **changes: Any) -> Document:
        draft = make_draft(**changes)
        return save_draft(
            kind="condition",
            slug=draft.slug,
            locale=draft.locale,
            draft=draft,
            by=self.editor,
            at=self.clock(),
        ).document

    def submit(
        self, document: Document, change_class: str = "clinical", note: str = "First version"
    ) -> None:
        submit(
            document=document,
            by=self.editor,
            at=self.clock(),
            change_class=ChangeClass(change_class),
            note=note,
        )

    def sign(self, document: Document, role: str = "clinical", decision: str = "approved") -> None:
        sign_off(
            document=document,
            content_digest=read_digest(document),
            role=Role(role),
            decision=Decision(decision),
            by=self.reviewer,
            at=self.clock(),
            conflicts_of_interest="none declared",
            comment="Please say more." if decision == "changes_requested" else "",
        )

    def publish(self, document: Document) -> Edition:
        return publish(document=document, by=self.publisher, at=self.clock())

    def publish_whole(self, **changes: Any) -> Edition:
        document = self.save(**changes)
        self.submit(document)
        self.sign(document)
        return self.publish(document)


def read_digest(document: Document) -> str:
    """The digest of what the draft says now."""
    return digest_of(get_kind(document.kind).read_content(document))


@pytest.fixture
def workflow(editor: User, reviewer: User, publisher: User, clock: Clock) -> Workflow:
    """An editor, a reviewer and a publisher at work, each step one minute after the last."""
    demo = PublisherDraft(
        slug="demo", name="Demo (fictional)", url="https://example.org/", is_demonstration=True
    )
    save_publisher(publisher=demo, by=editor, at=clock())
    return _Workflow(editor, reviewer, publisher, clock)
