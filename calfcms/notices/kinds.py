"""The kinds of notices: what a person may choose by, and in which words each is said."""

from typing import Any

from django.db import models


class Kind(models.TextChoices):
    """What a notice is about; the label is what people choose by."""

    SUBMITTED = "submitted", "A draft waits for a sign-off that I may give"
    APPROVED = "approved", "My draft was approved"
    CHANGES_REQUESTED = "changes_requested", "A reviewer asks for changes to my draft"
    PUBLISHED = "published", "What I submitted was published"
    SCHEDULE_FAILED = "schedule_failed", "What I scheduled could not be done"
    BREAK_GLASS = "break_glass", "Something was published unsigned, in an emergency"
    FEEDBACK = "feedback", "A reader reported something of high severity"
    TRANSLATION_STALE = "translation_stale", "The source of a translation of mine has changed"
    REVIEW_DUE = "review_due", "A review is due soon, or today"
    REVIEW_OVERDUE = "review_overdue", "A review is overdue"


class Stage(models.TextChoices):
    """How near the review of a live edition is."""

    IN_90_DAYS = "90", "due within 90 days"
    IN_30_DAYS = "30", "due within 30 days"
    TODAY = "0", "due today"
    OVERDUE = "overdue", "overdue"


_HEADLINES = {
    Kind.SUBMITTED: "waits for a sign-off",
    Kind.APPROVED: "approved",
    Kind.CHANGES_REQUESTED: "changes requested",
    Kind.PUBLISHED: "published",
    Kind.SCHEDULE_FAILED: "schedule failed",
    Kind.BREAK_GLASS: "published UNSIGNED",
    Kind.FEEDBACK: "high-severity report",
    Kind.TRANSLATION_STALE: "stale translation of {source}",
    Kind.REVIEW_DUE: "review due on {due_on}",
    Kind.REVIEW_OVERDUE: "review overdue since {due_on}",
}

_SENTENCES = {
    Kind.SUBMITTED: "This draft was submitted for review as a change of the class "
    "“{change_class}”. You may sign it, or ask for changes.",
    Kind.APPROVED: "A reviewer approved this draft as it was submitted.",
    Kind.CHANGES_REQUESTED: "A reviewer asks for changes to this draft. The comment is there.",
    Kind.PUBLISHED: "Edition {edition} is published: it says what you submitted.",
    Kind.SCHEDULE_FAILED: "What you scheduled for {due_at} ({verb}) could not be done. "
    "The reasons are there.",
    Kind.BREAK_GLASS: "Edition {edition} was published without the sign-off that it needs, in an "
    "emergency. It lapses unless it is signed before its deadline.",
    Kind.FEEDBACK: "A reader’s report about edition {edition} was judged to be of high severity.",
    Kind.TRANSLATION_STALE: "Edition {edition} is a translation of {source}, which readers of that "
    "page do not get any more. Its page shows what changed.",
    Kind.REVIEW_DUE: "The review of edition {edition} is due on {due_on}.",
    Kind.REVIEW_OVERDUE: "The review of edition {edition} was due on {due_on}.",
}


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "?"


def get_headline(kind: str, facts: dict[str, Any]) -> str:
    """What happened, in a few words."""
    return _HEADLINES[Kind(kind)].format_map(_Facts(facts))


def get_sentence(kind: str, facts: dict[str, Any]) -> str:
    """What happened, in a sentence or two."""
    return _SENTENCES[Kind(kind)].format_map(_Facts(facts))
