"""What has to be said in each language. Nothing has a default: a set of words is whole, or none."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calfcms.urgency import Urgency


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words of one language. They say no more than the data does."""

    also_called: str
    red_flags: str
    urgency: tuple[str, str, str, str]
    """From self-care to emergency."""
    suspects: str
    summary: str
    on_this_page: str
    causes: str
    urgency_of_cause: str
    read_more: str
    figures: str
    credit: str
    faqs: str
    references: str
    reference: str
    """One of them, as it is read out before its number."""
    checked_on: str
    related: str
    about: str
    last_reviewed: str
    next_review: str
    not_reviewed: str
    unsigned: str
    overdue: str
    published: str
    edition: str
    signed_by: str
    sign_off_roles: Mapping[str, str]
    conflicts: str
    contributor_roles: Mapping[str, str]
    publisher: str
    demonstration: str
    demonstration_publisher: str
    license: str
    disclaimer: str
    home: str
    languages: Mapping[str, str]
    """The names of languages as they stand within `translated`."""
    translated: str
    read_source: str
    translated_in_part: str
    translation_unreviewed: str
    stale: str
    source_withdrawn: str
    months: tuple[str, ...]
    date: str

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

    def say_translation(self, translation: Mapping[str, Any]) -> str:
        """Which edition a page translates, how much of it, and whether a translator checked it."""
        source = translation["of"]
        language = self.say_language(source["locale"])
        sentences = [self.translated.format(language=language, edition=source["edition"])]
        if not translation["is_complete"]:
            sentences.append(self.translated_in_part)
        if not translation["is_reviewed"]:
            sentences.append(self.translation_unreviewed)
        return " ".join(sentences)

    def say_stale(self, *, is_withdrawn: bool) -> str:
        """That what a page was translated from has moved on, or is gone."""
        return self.source_withdrawn if is_withdrawn else self.stale

    def say_language(self, locale: str) -> str:
        """The language of a locale by its name; by its tag where there is no name for it here."""
        return self.languages.get(locale.partition("-")[0], locale)

    def say_date(self, date: str) -> str:
        """The day of a date or timestamp, for people: `5 July 2026`."""
        day = datetime.date.fromisoformat(date[:10])
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)
