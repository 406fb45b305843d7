"""Saving a publisher: a new one, or a change that holds for all its pages."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.bundles import Outcome
from conditions.actions.shared_rows import SAVED, Key, save_shared_row
from conditions.draft import PublisherDraft
from conditions.models import Publisher


def save_publisher(
    *, publisher: PublisherDraft, by: User, at: datetime, verb: str = SAVED
) -> Outcome:
    """Make the publisher of this slug say this."""
    says = publisher.model_dump(mode="json")
    return save_shared_row(
        model=Publisher,
        key=Key("slug", publisher.slug),
        values={name: says[name] for name in ("name", "url", "is_demonstration")},
        says=says,
        by=by,
        at=at,
        verb=verb,
    )
