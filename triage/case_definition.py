"""Case sets: people as a clinician describes them, and how soon each should be seen.

They belong to the protocol and are signed with it, because they say what it promises.
"""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt
from pydantic import model_validator as validate_model

from calfcms.urgency import Urgency
from conditions.draft import Names, Part
from conditions.text import FilledLine, Line
from triage.core.facts import MAX_AGE_MONTHS, MAX_AGE_YEARS, Presence, Sex
from triage.identifiers import Identifier, refuse_repeated

_PLACE_OF_PRESENCE = {value: place for place, value in enumerate(Presence)}


def _sort_findings(findings: dict[str, Presence]) -> dict[str, Presence]:
    # Databases forget the order of an object's members, so there is one: what is there comes first.
    places = _PLACE_OF_PRESENCE
    return dict(sorted(findings.items(), key=lambda item: (places[item[1]], item[0])))


def _sort_levels(levels: tuple[Urgency, ...]) -> tuple[Urgency, ...]:
    return tuple(sorted(set(levels), key=lambda level: level.rank))


Findings = Annotated[dict[Identifier, Presence], AfterValidator(_sort_findings)]
Levels = Annotated[tuple[Urgency, ...], Field(min_length=1), AfterValidator(_sort_levels)]


class CaseDefinition(Part):
    """One person: what was answered, the level expected, and the levels that would do.

    A finding that nobody asked about is left out; `unknown` means asked and not known.
    """

    id: Identifier
    story: FilledLine
    age_years: Annotated[StrictInt, Field(ge=0, le=MAX_AGE_YEARS)] | None = None
    age_months: Annotated[StrictInt, Field(ge=0, le=MAX_AGE_MONTHS)] | None = None
    sex: Sex = Sex.UNKNOWN
    findings: Findings = Field(default_factory=dict)
    expected: Urgency
    acceptable: Levels
    because: Line = ""
    suspects: Names = ()
    source: Line = ""

    @validate_model(mode="after")
    def _check_age(self) -> Self:
        if self.age_years is not None and self.age_months is not None:
            raise ValueError("give the age in years or in months, not both")
        return self

    @validate_model(mode="after")
    def _check_expected_is_acceptable(self) -> Self:
        if self.expected not in self.acceptable:
            raise ValueError(f"acceptable must list what is expected too: {self.expected}")
        return self


class CaseSetDefinition(Part):
    """Cases of one author or purpose. Where they must pass, none may be told to wait too long."""

    id: Identifier
    title: FilledLine
    source: Line = ""
    must_pass: StrictBool
    cases: tuple[CaseDefinition, ...] = ()


def check_case_ids(case_sets: tuple[CaseSetDefinition, ...]) -> None:
    """Raises `ValueError` for ids that are there twice; cases are named across all sets."""
    refuse_repeated("case sets", (case_set.id for case_set in case_sets))
    refuse_repeated("cases", (case.id for case_set in case_sets for case in case_set.cases))
