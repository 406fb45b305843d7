"""The made-up protocol on its way to readers, each step by the right person."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish_together
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.publishing.reading import bodies
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from tests.triage.examples import PUBLISHER, REFERENCES, make_draft, make_page

Clock = Callable[[], datetime]


class Press:
    """Writes, signs and publishes the page and the protocol; each step a minute after the last."""

    def __init__(self, editor: User, reviewer: User, publisher: User, clock: Clock) -> None:
        self.editor, self.reviewer, self.publisher, self.clock = editor, reviewer, publisher, clock

    def save_shared_rows(self) -> None:
        """The publisher and the references that the examples name."""
        save_publisher(publisher=PUBLISHER, by=self.editor, at=self.clock())
        for reference in REFERENCES.values():
            save_reference(reference=reference, by=self.editor, at=self.clock())

    def save_page(self, **changes: Any) -> Document:
        """The page's draft."""
        return self._save("condition", make_page(**changes))

    def save_protocol(self, **changes: Any) -> Document:
        """The protocol's draft."""
        return self._save("protocol", make_draft(**changes))

    def publish(self, *documents: Document) -> list[Edition]:
        """Submit and sign what the drafts say, then publish all in one step."""
        for document in documents:
            self.sign(document)
        return publish_together(documents=documents, by=self.publisher, at=self.clock())

    def publish_page(self, **changes: Any) -> Edition:
        """The page alone."""
        return self.publish(self.save_page(**changes))[0]

    def publish_protocol(self, **changes: Any) -> Edition:
        """The protocol alone."""
        return self.publish(self.save_protocol(**changes))[0]

    def publish_both(self, **changes: Any) -> Edition:
        """The page as it is, together with the protocol, whose edition this returns."""
        locale = changes.get("locale", "en")
        documents = self.save_page(locale=locale), self.save_protocol(**changes)
        editions = self.publish(*documents)
        return next(one for one in editions if one.document == documents[1])

    def withdraw(self, kind: str = "protocol", slug: str = "tooth-hum") -> None:
        """Take the English edition away from readers."""
        document = Document.objects.get(kind=kind, slug=slug, locale="en")
        withdraw(document=document, by=self.publisher, at=self.clock(), reason="It was wrong.")

    def _save(self, kind: str, draft: Any) -> Document:
        return save_draft(
            kind=kind,
            slug=draft.slug,
            locale=draft.locale,
            draft=draft,
            by=self.editor,
            at=self.clock(),
        ).document

    def sign(self, document: Document) -> None:
        """Submit what the draft says, and have it signed."""
        submission = submit(
            document=document,
            by=self.editor,
            at=self.clock(),
            change_class=ChangeClass.CLINICAL,
            note="For the test.",
        )
        sign_off(
            document=document,
            content_digest=submission.content_digest,
            role=Role.CLINICAL,
            decision=Decision.APPROVED,
            by=self.reviewer,
            at=self.clock(),
            conflicts_of_interest="none declared",
        )


@pytest.fixture
def press(editor: User, reviewer: User, publisher: User, clock: Clock) -> Press:
    """An editor, a reviewer and a publisher, with the shared rows in place."""
    press = Press(editor, reviewer, publisher, clock)
    press.save_shared_rows()
    return press


@pytest.fixture
def published(press: Press) -> Edition:
    """The first edition of the protocol, live together with its page."""
    return press.publish_both()


@pytest.fixture(autouse=True)
def _forget_bodies() -> Iterator[None]:
    bodies.clear()
    yield
    bodies.clear()
