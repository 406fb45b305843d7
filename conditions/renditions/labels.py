"""The fixed words around a page's own text, one set for each language."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from calfcms.urgency import Urgency


@dataclass(frozen=True)
class Labels:
    """The words of one language. They say no more than the data does."""

    also_called: str = "Also called"
    red_flags: str = "When to get medical help"
    urgency: tuple[str, str, str, str] = (
        "Self-care: you can look after this at home",
        "Routine: book an appointment",
        "Urgent: be seen today",
        "Emergency: call an ambulance or go to an emergency department now",
    )
    suspects: str = "May be a sign of"
    summary: str = "In short"
    on_this_page: str = "On this page"
    causes: str = "Possible causes"
    urgency_of_cause: str = "How soon to be seen"
    read_more: str = "Read more about"
    figures: str = "Pictures"
    credit: str = "Credit"
    faqs: str = "Questions people ask"
    references: str = "References"
    checked_on: str = "checked on"
    related: str = "Related pages"
    about: str = "About this page"
    last_reviewed: str = "Last reviewed"
    next_review: str = "Next review due"
    not_reviewed: str = "Not yet reviewed by a clinician"
    unsigned: str = (
        "No clinician has signed this edition yet. It was published in an emergency and is shown "
        "until {until} at the latest unless a clinician signs it. The reason: {reason}"
    )
    overdue: str = (
        "The review of this page is overdue: it was due by {date}. Parts of it may be out of date."
    )
    published: str = "Published"
    edition: str = "Edition"
    signed_by: str = "Signed by"
    conflicts: str = "Conflicts of interest"
    publisher: str = "Publisher"
    demonstration: str = "Demonstration content: the publisher and the reviewers are fictional."
    license: str = "Licence"
    disclaimer: str = "Important"
    home: str = "Home"
    months: tuple[str, ...] = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )

    def say_urgency(self, urgency: str) -> str:
        """What a level asks the reader to do."""
        return self.urgency[Urgency(urgency).rank]

    def say_unsigned(self, unsigned: dict[str, str]) -> str:
        """That nobody has signed an edition, why it is shown all the same, and for how long."""
        clock = f"{unsigned['until'][11:16]} UTC"
        until = f"{self.say_date(unsigned['until'])}, {clock}"
        return self.unsigned.format(until=until, reason=unsigned["reason"])

    def say_overdue(self, due_on: datetime.date) -> str:
        """That a page should have been reviewed by a day that is over."""
        return self.overdue.format(date=self.say_date(due_on.isoformat()))

    def say_date(self, date: str) -> str:
        """The day of a date or timestamp, for people: `5 July 2026`."""
        day = datetime.date.fromisoformat(date[:10])
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


_ENGLISH: Final = Labels()
_LABELS: Final = {"en": _ENGLISH}


def get_labels(locale: str) -> Labels:
    """The labels for a locale's language. English where nobody has translated them yet."""
    return _LABELS.get(locale.partition("-")[0], _ENGLISH)


def group_by_urgency(flags: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Red flags by level, the most urgent first, within a level as the author ordered them."""
    levels = sorted({flag["urgency"] for flag in flags}, key=lambda level: -Urgency(level).rank)
    return [(level, [flag for flag in flags if flag["urgency"] == level]) for level in levels]
