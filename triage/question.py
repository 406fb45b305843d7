"""Everything that an answer depends on besides the edition: what is known of the person, who asks
from where, and what of the moment shows in the answer. Pure.

It goes into the receipt, and comes out of it, whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from conditions.links import link_from
from triage.core.evaluate import GENERIC_REGION
from triage.core.facts import Facts, Presence, Sex
from triage.core.wording import Speaker


@dataclass(frozen=True)
class LivePage:
    """A page that was live when the answer was given, in the locale in which it was."""

    slug: str
    locale: str
    edition: int

    def link(self, part: str | None = None, *, is_translation: bool) -> str:
        """Its address, or that of one part; a translation leads to just this language."""
        address = link_from(self.locale, is_translation=is_translation)(self.slug, part)
        return address or ""


@dataclass(frozen=True)
class Overdue:
    """A review that should have been done: of one rule, or without one of the whole protocol."""

    rule: str | None
    due: date


@dataclass(frozen=True)
class RepeatContact:
    """What the earlier receipt showed: help was sought before, and these findings are new since."""

    finding: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What was asked. `facts` hold what an earlier receipt made known, too."""

    facts: Facts = field(default_factory=Facts)
    region: str = GENERIC_REGION
    speaker: Speaker = Speaker.SELF
    pages: tuple[LivePage, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    repeat_contact: RepeatContact | None = None

    def with_pages(self, pages: tuple[LivePage, ...]) -> "Question":
        """The same, with the pages that the answer may link to."""
        return replace(self, pages=pages)


def write_question(question: Question) -> dict[str, Any]:
    """The question as JSON, without what was left open; findings in their order by name."""
    facts = question.facts
    by_value = {
        value.value: sorted(name for name, given in facts.findings.items() if given is value)
        for value in Presence
    }
    repeat = question.repeat_contact
    members = {
        "findings": {value: names for value, names in by_value.items() if names},
        "age_years": facts.age_years,
        "age_months": facts.age_months,
        "sex": None if facts.sex is Sex.UNKNOWN else facts.sex.value,
        "region": question.region,
        "speaker": question.speaker.value,
        "pages": [[page.slug, page.locale, page.edition] for page in question.pages],
        "overdue": [[entry.rule, entry.due.isoformat()] for entry in question.overdue],
        "repeat_contact": [repeat.finding, *repeat.because] if repeat else None,
    }
    return {name: value for name, value in members.items() if value is not None}


def read_question(members: Mapping[str, Any]) -> Question:
    """The question that `write_question` wrote."""
    return Question(
        facts=Facts(
            findings={
                name: Presence(value)
                for value, names in members["findings"].items()
                for name in names
            },
            age_years=members.get("age_years"),
            age_months=members.get("age_months"),
            sex=Sex(members.get("sex", Sex.UNKNOWN)),
        ),
        region=members["region"],
        speaker=Speaker(members["speaker"]),
        pages=tuple(LivePage(*page) for page in members["pages"]),
        overdue=tuple(Overdue(rule, date.fromisoformat(due)) for rule, due in members["overdue"]),
        repeat_contact=_read_repeat_contact(members.get("repeat_contact")),
    )


def _read_repeat_contact(told: list[str] | None) -> RepeatContact | None:
    return RepeatContact(told[0], tuple(told[1:])) if told else None
