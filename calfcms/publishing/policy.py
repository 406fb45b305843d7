"""What a change needs before it may be published. Pure: tables and dates, no database."""

import calendar
from datetime import date
from enum import StrEnum


class ChangeClass(StrEnum):
    """What kind of change an edition makes to the one before."""

    CLINICAL = "clinical"
    EDITORIAL = "editorial"
    PRESENTATION = "presentation"
    CORRECTION = "correction"


class Role(StrEnum):
    """In what capacity somebody signs."""

    CLINICAL = "clinical"
    EDITORIAL = "editorial"


class Decision(StrEnum):
    """What a reviewer decided about one content digest."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


_ROLE_OF_CLASS = {
    ChangeClass.CLINICAL: Role.CLINICAL,
    ChangeClass.EDITORIAL: Role.EDITORIAL,
    ChangeClass.PRESENTATION: Role.EDITORIAL,
    ChangeClass.CORRECTION: Role.EDITORIAL,
}


def get_required_role(change_class: ChangeClass, *, is_safety_change: bool) -> Role:
    """Who must sign. What touches safety needs a clinician, whatever the change is called."""
    return Role.CLINICAL if is_safety_change else _ROLE_OF_CLASS[change_class]


def is_class_too_low(change_class: ChangeClass, *, is_safety_change: bool) -> bool:
    """Whether a change to safety content is passed off as wording or looks."""
    return is_safety_change and change_class in (ChangeClass.EDITORIAL, ChangeClass.PRESENTATION)


class RiskClass(StrEnum):
    """How much harm outdated content could do; it sets how often the content is reviewed."""

    HIGH = "high"
    RAISED = "raised"
    STANDARD = "standard"


_LONGEST_INTERVAL = {
    RiskClass.HIGH: 12,
    RiskClass.RAISED: 24,
    RiskClass.STANDARD: 36,
}
"""Months between reviews, at most."""


def get_review_interval(risk_class: str | None, months: int | None) -> int | None:
    """After how many months to look again: the risk class's, unless a shorter time is set.

    None where neither is set. What is set longer than the class allows counts as the class's.
    """
    longest = _LONGEST_INTERVAL[RiskClass(risk_class)] if risk_class is not None else None
    return min((value for value in (months, longest) if value is not None), default=None)


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later, or the month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
