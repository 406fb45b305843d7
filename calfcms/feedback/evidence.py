"""Readers' messages in the evidence pack of a document."""

from typing import Any

from calfcms.feedback.selectors import list_feedback_of
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.evidence.pack import add_member
from calfcms.publishing.models import Document


def register_evidence() -> None:
    """Called once, from the app's `ready()`."""
    add_member("feedback", gather_feedback)


def gather_feedback(document: Document) -> list[dict[str, Any]]:
    """Every message with what became of it, oldest first."""
    return [
        {
            "id": str(one.pk),
            "received_at": format_instant(one.received_at),
            "edition": one.edition.number,
            "part": one.part,
            "kind": one.kind,
            "message": one.message,
            "severity": one.severity or None,
            "owner": one.owner.get_username() if one.owner else None,
            "outcome": one.outcome or None,
            "closed_at": format_instant(one.closed_at) if one.closed_at else None,
        }
        for one in list_feedback_of(document)
    ]
