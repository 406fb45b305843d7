"""What partners are told: the events of the audit log that concern readers, as JSON.

A message is a hint and holds no content: `/changes` is the truth. Members that the feed has too
are named as there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from calfcms.api.cursors import write_cursor
from calfcms.publishing.change_feed import MARK_LENGTH, get_position
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition, Event
from calfcms.publishing.selectors import (
    EDITION_LAPSED,
    EDITION_PUBLISHED,
    EDITION_RECALLED,
    EDITION_WITHDRAWN,
)
from calfcms.syndication.models import TEST_EVENT, EventType


@dataclass(frozen=True)
class Message:
    """What is to be told, once to each endpoint that wants this type."""

    type: str
    occasion: str
    at: datetime
    data: dict[str, Any]
    document: Document | None = None

    def write_body(self) -> str:
        """The JSON that is signed and sent."""
        members = {"type": self.type, "timestamp": format_instant(self.at), "data": self.data}
        return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def read_message(event: Event) -> Message | None:
    """What this event is told as; None for most."""
    telling = _TELLINGS.get(event.action)
    if telling is None or event.document_id is None:
        return None
    event_type, describe = telling
    number = event.details.get("live_again", event.edition)
    edition = Edition.objects.select_related("document").get(
        document_id=event.document_id, number=number
    )
    position = write_cursor(event.seq, event.hash.removeprefix("sha256:")[:MARK_LENGTH])
    return Message(
        type=event_type,
        occasion=f"event:{event.seq}",
        at=event.at,
        data=_describe_edition(edition) | describe(event, edition) | {"changes_cursor": position},
        document=edition.document,
    )


def build_overdue(edition: Edition, *, at: datetime) -> Message:
    """That the review of a live edition is overdue."""
    position, due_on = get_position(), edition.next_review_due_on.isoformat()
    review = {"last_reviewed": edition.last_reviewed_on.isoformat(), "next_review_due": due_on}
    cursor = write_cursor(position.seq, position.mark)
    return Message(
        type=EventType.REVIEW_OVERDUE,
        occasion=f"review:{edition.document_id}:{due_on}",
        at=at,
        data=_describe_edition(edition) | {"review": review, "changes_cursor": cursor},
        document=edition.document,
    )


def build_test(*, number: str, at: datetime) -> Message:
    """Something to try a receiver with."""
    said = "A test: nothing has changed, and there is nothing to do."
    return Message(type=TEST_EVENT, occasion=f"test:{number}", at=at, data={"message": said})


def _describe_edition(edition: Edition) -> dict[str, Any]:
    document = edition.document
    page = f"{settings.SITE_URL}/api/v1/{get_kind(document.kind).path}/{document.slug}"
    return {
        "kind": document.kind,
        "id": str(document.content_id),
        "slug": document.slug,
        "locale": document.locale,
        "edition": edition.number,
        "digest": edition.digest,
        "url": f"{page}?locale={document.locale}",
        "edition_url": f"{page}/editions/{edition.number}?locale={document.locale}",
    }


def _describe_publication(_event: Event, edition: Edition) -> dict[str, Any]:
    return {"change": {"class": edition.change_class, "note": edition.change_note}}


def _describe_lapse(event: Event, edition: Edition) -> dict[str, Any]:
    said = {"lapsed_edition": event.edition, "reason": event.details["reason"]}
    return _describe_publication(event, edition) | said


def _describe_withdrawal(event: Event, edition: Edition) -> dict[str, Any]:
    slug = event.details.get("replacement")
    page = f"{settings.SITE_URL}/api/v1/{get_kind(edition.document.kind).path}"
    replacement = {"slug": slug, "url": f"{page}/{slug}"} if slug else None
    return {"reason": event.details["reason"], "replacement": replacement}


def _describe_recall(event: Event, edition: Edition) -> dict[str, Any]:
    details = event.details
    recall = {
        "id": details["recall"],
        "severity": details["severity"],
        "was_live": details["was_live"],
    }
    return _describe_withdrawal(event, edition) | {"recall": recall}


_Describe = Callable[[Event, Edition], dict[str, Any]]
_TELLINGS: Final[dict[str, tuple[EventType, _Describe]]] = {
    EDITION_PUBLISHED: (EventType.PUBLISHED, _describe_publication),
    EDITION_LAPSED: (EventType.PUBLISHED, _describe_lapse),  # of the edition that is live again
    EDITION_WITHDRAWN: (EventType.WITHDRAWN, _describe_withdrawal),
    EDITION_RECALLED: (EventType.RECALLED, _describe_recall),
}
