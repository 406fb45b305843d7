"""Published pages for the API to read, made through the real actions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.api.change_feed import sent_feeds
from calfcms.publishing.api.lists import sent_pages
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.publishing.reading import bodies
from calfcms.search.api.views import sent_answers
from calfcms.search.held_profiles import profiles
from calfcms.search.held_texts import texts
from calfcms.search.vocabulary import held
from conditions.actions.save_publisher import save_publisher
from conditions.draft import ConditionDraft, PublisherDraft
from tests.conftest import NOON

PAGE: dict[str, Any] = {
    "slug": "ear-glow",
    "locale": "en",
    "title": "Ear glow: what it is and what to do",
    "name": "Ear glow",
    "publisher": "demo-library",
    "review_interval_months": 12,
    "summary": "Most ears stop glowing by themselves.",
    "sections": [
        {"id": "signs", "aspect": "symptoms", "headline": "Signs", "body": "A **soft** light."}
    ],
    "red_flags": [
        {"id": "smoke", "sign": "Smoke", "urgency": "emergency", "action": "Call an ambulance."}
    ],
    "faqs": [{"id": "catching", "question": "Is it catching?", "answer": "No."}],
    "disclaimer": "This is information, not a diagnosis.",
}


class PublishPage(Protocol):
    """Publishes a page that differs from `PAGE` in these members."""

    def __call__(self, *, minutes: int = 0, **changes: Any) -> Edition: ...


class WithdrawPage(Protocol):
    """Withdraws a page."""

    def __call__(
        self, slug: str = "ear-glow", *, minutes: int = 60, replacement: str = ""
    ) -> None: ...


def after_noon(minutes: int) -> datetime:
    """A moment that many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def _forget_bodies() -> Iterator[None]:
    bodies.clear()
    sent_pages.clear()
    sent_feeds.clear()
    forget_searches()
    yield
    bodies.clear()
    sent_pages.clear()
    sent_feeds.clear()
    forget_searches()


def forget_searches() -> None:
    """What this process knows of words and answers is true of one database only."""
    held.clear()
    profiles.clear()
    texts.clear()
    sent_answers.clear()


@pytest.fixture
def publish_page(editor: User, reviewer: User, publisher: User) -> PublishPage:
    """Write, submit, sign and publish a page, that many minutes after noon."""

    def publish_one(*, minutes: int = 0, **changes: Any) -> Edition:
        at = after_noon(minutes)
        document = write_page(editor, at, **changes)
        change_class = ChangeClass.CLINICAL
        submission = submit(
            document=document, by=editor, at=at, change_class=change_class, note="For the test."
        )
        sign_off(
            document=document,
            content_digest=submission.content_digest,
            role=Role.CLINICAL,
            decision=Decision.APPROVED,
            by=reviewer,
            at=at,
            conflicts_of_interest="none declared",
        )
        return publish(document=document, by=publisher, at=at)

    return publish_one


def write_page(editor: User, at: datetime, **changes: Any) -> Document:
    """Save a draft, and the publisher that it names."""
    library = PublisherDraft(
        slug="demo-library", name="Demo", url="https://demo.example", is_demonstration=True
    )
    save_publisher(publisher=library, by=editor, at=at)
    draft = ConditionDraft.model_validate(PAGE | changes)
    return save_draft(
        kind="condition", slug=draft.slug, locale=draft.locale, draft=draft, by=editor, at=at
    ).document


@pytest.fixture
def withdraw_page(publisher: User) -> WithdrawPage:
    """Withdraw a page, that many minutes after noon."""

    def withdraw_one(slug: str = "ear-glow", *, minutes: int = 60, replacement: str = "") -> None:
        document = Document.objects.get(slug=slug, locale="en")
        reason = "The advice was wrong."
        at = after_noon(minutes)
        withdraw(document=document, by=publisher, at=at, reason=reason, replacement=replacement)

    return withdraw_one
