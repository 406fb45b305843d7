"""Whom a question is for: nobody is asked about what their age or sex rules out."""

from dataclasses import dataclass
from typing import Literal

from triage.core.facts import MAX_AGE_YEARS, MONTHS_PER_YEAR, Facts
from triage.core.truth import Truth


@dataclass(frozen=True)
class Applicability:
    """Ages in completed years, both included; None where there is no limit.

    It decides what is asked and how an answer that does not fit is reported. It never turns an
    answer into another one, and never settles a rule.
    """

    sex: Literal["female", "male"] | None = None
    min_age_years: int | None = None
    max_age_years: int | None = None

    def __post_init__(self) -> None:
        if self.sex is None and self.min_age_years is None and self.max_age_years is None:
            raise ValueError("an applicability needs a sex or a limit of age")
        low, high = self._limits
        if not 0 <= low <= high <= MAX_AGE_YEARS:
            raise ValueError(f"ages run from 0 to {MAX_AGE_YEARS} years, the lower one first")

    @property
    def _limits(self) -> tuple[int, int]:
        low = 0 if self.min_age_years is None else self.min_age_years
        return low, MAX_AGE_YEARS if self.max_age_years is None else self.max_age_years

    def is_ruled_out_by(self, facts: Facts) -> bool:
        """Whether the finding cannot apply to this person. What is unknown rules nothing out."""
        return bool(self.list_clashes(facts))

    def list_clashes(self, facts: Facts) -> tuple[str, ...]:
        """What rules the finding out, as a request names it: `sex`, `age_years`, `age_months`."""
        clashes = []
        if self.sex is not None and facts.match_sex(self.sex) is Truth.FALSE:
            clashes.append("sex")
        if self._is_age_outside(facts):
            clashes.append("age_years" if facts.age_months is None else "age_months")
        return tuple(clashes)

    def _is_age_outside(self, facts: Facts) -> bool:
        months = facts.months
        if months is None:
            return False
        low, high = self._limits
        return months.high < low * MONTHS_PER_YEAR or months.low >= (high + 1) * MONTHS_PER_YEAR
