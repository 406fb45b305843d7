"""Saving a topic: a new one, or a new title for it."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.bundles import Outcome
from conditions.actions.shared_rows import SAVED, Key, save_shared_row
from conditions.draft import TopicDraft
from conditions.models import Topic


def save_topic(*, topic: TopicDraft, by: User, at: datetime, verb: str = SAVED) -> Outcome:
    """Make the topic of this slug say this."""
    return save_shared_row(
        model=Topic,
        key=Key("slug", topic.slug),
        values={"title": topic.title},
        says=topic.model_dump(mode="json"),
        by=by,
        at=at,
        verb=verb,
    )
