"""The events that a webhook may be told of, as the forms offer them."""

from collections.abc import Collection
from typing import Any, Final

from calfcms.syndication.models import EventType

_HINTS: Final = {
    EventType.PUBLISHED: "A page has a new edition, or an earlier one is live again.",
    EventType.WITHDRAWN: "A page is gone: show it no more.",
    EventType.RECALLED: "An edition was called back: remove it wherever it is shown or kept.",
    EventType.REVIEW_OVERDUE: "The review of a live page was due and has not been done.",
}


def list_event_choices(chosen: Collection[str]) -> list[dict[str, Any]]:
    """Each with what it means, and whether it is chosen."""
    return [
        {"value": one.value, "hint": hint, "is_chosen": one.value in chosen}
        for one, hint in _HINTS.items()
    ]
