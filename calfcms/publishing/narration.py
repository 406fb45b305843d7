"""The audit log told in words: what each event says to people."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import Truncator

from calfcms.publishing.models import Event

_TITLES: Final = {
    "draft.saved": "saved the draft",
    "draft.submitted": "asked for a review",
    "draft.discarded": "discarded the draft",
    "review.approved": "signed",
    "review.changes_requested": "asked for changes",
    "review.accepted": "answered for what it makes worse",
    "review.extended": "let the overdue edition stay",
    "comment.written": "commented",
    "comment.resolved": "resolved a comment",
    "preview.shared": "shared a preview link",
    "invitation.sent": "asked an outside reviewer",
    "invitation.used": "decided by an outside reviewer's link",
    "invitation.revoked": "took an invitation back",
    "edition.published": "published",
    "edition.withdrawn": "withdrew what was published",
    "edition.recalled": "called back from everybody who holds it",
    "edition.break_glass": "published in an emergency, unsigned",
    "edition.lapsed": "took back the unsigned edition",
    "translation.stale": "changed what this is a translation of",
    "translation.current": "brought back what this is a translation of",
    "break_glass.signed": "had the emergency edition signed in time",
    "schedule.requested": "planned for later",
    "schedule.cancelled": "cancelled what was planned",
    "schedule.done": "had planned this; it was done",
    "schedule.failed": "had planned this; it could not be done",
    "feedback.reported": "took up a serious report from a reader",
    "feedback.triaged": "took up feedback",
    "feedback.closed": "answered feedback",
    "partner.added": "added the partner",
    "partner.changed": "changed what is known of the partner",
    "partner.closed": "closed the partner: all of its keys stopped",
    "partner.opened": "opened the partner again",
    "key.made": "made a key",
    "key.replaced": "made a key in the place of another",
    "key.revoked": "revoked a key",
    "webhook.added": "added a webhook",
    "webhook.changed": "changed a webhook",
    "webhook.disabled": "disabled a webhook",
    "webhook.enabled": "enabled a webhook",
    "webhook.secret_rotated": "gave a webhook a new secret",
    "webhook.sent_again": "had a webhook sent again",
    "audit.evidence": "looked at the evidence pack",
    "audit.searched": "searched the audit log",
    "audit.verified": "verified the audit log",
}
_REASONS: Final = ("note", "reason", "comment", "body", "outcome_note", "outcome")
"""The members of an event's details that say why, best first."""
_FACTS: Final = (
    *("due_at", "until", "deadline_at", "expires_at", "replacement", "live_again", "lapses_to"),
    *("reviewer", "inviter", "decision", "severity", "owner", "form"),
    *("key", "name", "scopes", "replaces", "old_until", "receiver", "event_types"),
    *("source", "live"),
)
"""The members that are shown as they are, each after its name."""
_TONES: Final = {
    "review.changes_requested": "warning",
    "review.accepted": "warning",
    "draft.discarded": "warning",
    "edition.withdrawn": "warning",
    "edition.lapsed": "warning",
    "edition.recalled": "danger",
    "edition.break_glass": "danger",
    "schedule.failed": "danger",
    "translation.stale": "warning",
    "partner.closed": "warning",
    "key.revoked": "warning",
    "webhook.disabled": "warning",
    "review.approved": "good",
    "edition.published": "good",
}


@dataclass(frozen=True)
class Narration:
    """An event in words."""

    title: str
    """What was done; reads on after the actor's name."""
    why: str
    facts: tuple[tuple[str, str], ...]
    tone: str
    """`good`, `warning`, `danger`, or empty."""


def narrate(event: Event) -> Narration:
    """What the event says. An action that is not known here is told by its own name."""
    return Narration(
        title=_title(event),
        why=_find_reason(event.details),
        facts=tuple(fact for fact in _list_facts(event.details) if fact[1] != event.actor),
        tone=_TONES.get(event.action, ""),
    )


def _title(event: Event) -> str:
    title = _TITLES.get(event.action) or event.action.replace(".", ": ").replace("_", " ")
    details = event.details
    if event.action == "draft.submitted":
        return f"{title} as {_add_article(str(details.get('change_class', '')))} change"
    if event.action == "review.approved":
        return f"{title} as {details.get('role', '')} reviewer"
    if event.action.startswith("edition.") and event.edition:
        return f"{title}: edition {event.edition}"
    if event.action.startswith("schedule.") and details.get("verb"):
        return f"{title}: {details['verb']}"
    if event.action.startswith("comment.") and details.get("part"):
        return f"{title} on “{Truncator(details.get('about') or details['part']).words(14)}”"
    return title


def _add_article(word: str) -> str:
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"


def _find_reason(details: dict[str, Any]) -> str:
    change = details.get("change")
    if isinstance(change, dict) and change.get("note"):
        return str(change["note"])
    found = (details.get(name) for name in _REASONS)
    return next((text for text in found if isinstance(text, str) and text), "")


def _say(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _list_facts(details: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [
        (name.replace("_", " "), _say(details[name]))
        for name in _FACTS
        if details.get(name) not in (None, "", [], {})
    ]
    checked = details.get("checked_references")
    if checked:
        facts.append(("references checked", ", ".join(map(str, checked))))
    return facts
