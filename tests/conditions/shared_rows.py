"""The rows that the made-up page of `examples` needs before it can be saved."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.models import Document
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.draft import ConditionDraft
from tests.conditions.examples import PUBLISHER, REFERENCES, TOPICS


def save_shared_rows(*, by: User, at: datetime) -> None:
    """The example's publisher, topics and references."""
    save_publisher(publisher=PUBLISHER, by=by, at=at)
    for topic in TOPICS.values():
        save_topic(topic=topic, by=by, at=at)
    for reference in REFERENCES.values():
        save_reference(reference=reference, by=by, at=at)


def save_page(draft: ConditionDraft, *, by: User, at: datetime) -> Document:
    """The draft, saved through the action that everybody uses."""
    saved = save_draft(
        kind="condition", slug=draft.slug, locale=draft.locale, draft=draft, by=by, at=at
    )
    return saved.document
