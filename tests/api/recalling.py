"""Recalled pages, for the API to tell of."""

from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.actions.recall import recall
from calfcms.publishing.models import Document, Recall
from tests.api.conftest import after_noon
from tests.conftest import make_person

REASON = "The dose was wrong."


def recall_page(slug: str = "ear-glow", *, minutes: int = 90, **changes: Any) -> Recall:
    """Recall an edition, that many minutes after noon."""
    asked: dict[str, Any] = {"number": 1, "severity": "critical", "reason": REASON} | changes
    return recall(
        document=Document.objects.get(slug=slug, locale="en"),
        by=_get_recaller(),
        at=after_noon(minutes),
        **asked,
    )


def _get_recaller() -> User:
    found = User.objects.filter(username="recaller").first()
    return found or make_person("recaller", "recall")
