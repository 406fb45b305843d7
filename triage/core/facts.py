"""What is known about one person: findings, age and sex, each of them possibly unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from triage.core.truth import Truth

MONTHS_PER_YEAR = 12
MAX_AGE_YEARS = 130
MAX_AGE_MONTHS = MAX_AGE_YEARS * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1


class FactsError(ValueError):
    """Facts that can't be, such as a negative age. `member` names the input at fault."""

    def __init__(self, member: str, message: str) -> None:
        self.member = member
        super().__init__(f"{member}: {message}")


class Presence(StrEnum):
    """The value of a finding. `UNKNOWN` means asked and not known; a finding that was not asked is
    left out of the facts.
    """

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """As FHIR's administrative gender has it."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Interval:
    """Whole numbers from `low` to `high`, both included: all that is known of a number."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval can't run from {self.low} down to {self.high}")


@dataclass(frozen=True)
class Facts:
    """Give the age in completed years or in completed months, not both; without either it is
    unknown.
    """

    findings: Mapping[str, Presence] = field(default_factory=dict)
    age_years: int | None = None
    age_months: int | None = None
    sex: Sex = Sex.UNKNOWN

    def __post_init__(self) -> None:
        if self.age_years is not None and self.age_months is not None:
            raise FactsError("age_months", "give age_years or age_months, not both")
        _check_age("age_years", self.age_years, MAX_AGE_YEARS)
        _check_age("age_months", self.age_months, MAX_AGE_MONTHS)
        try:
            findings = {name: Presence(value) for name, value in self.findings.items()}
            object.__setattr__(self, "sex", Sex(self.sex))
        except ValueError as error:
            raise FactsError("findings or sex", str(error)) from None
        object.__setattr__(self, "findings", MappingProxyType(findings))

    @property
    def months(self) -> Interval | None:
        """The age in completed months. Somebody of 2 years may be 24 to 35 months old."""
        if self.age_months is not None:
            return Interval(self.age_months, self.age_months)
        if self.age_years is not None:
            first = self.age_years * MONTHS_PER_YEAR
            return Interval(first, first + MONTHS_PER_YEAR - 1)
        return None

    def get_age(self, unit: str) -> Interval | None:
        """The age in the unit that a rule names: `age_years` or `age_months`."""
        months = self.months
        if months is None or unit == "age_months":
            return months
        return Interval(months.low // MONTHS_PER_YEAR, months.high // MONTHS_PER_YEAR)

    def match_sex(self, wanted: str) -> Truth:
        """`other` leaves it open: a rule about sex stands for anatomy or hormones, which the word
        does not tell.
        """
        if self.sex in (Sex.OTHER, Sex.UNKNOWN):
            return Truth.UNKNOWN
        return Truth.TRUE if self.sex.value == wanted else Truth.FALSE


def _check_age(member: str, age: int | None, limit: int) -> None:
    if age is not None and (type(age) is not int or not 0 <= age <= limit):
        raise FactsError(member, f"must be a whole number from 0 to {limit}")
