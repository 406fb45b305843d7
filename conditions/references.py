"""References as CSL-JSON, checked for shape when built: the sources that statements rest on.

The member names are those of CSL-JSON 1.0.2; members that no citation style here reads are refused,
so that a misspelt one cannot be lost in silence.
"""

import datetime
import re
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictInt,
    StrictStr,
    StringConstraints,
    model_serializer,
    model_validator,
)

from conditions.text import FilledLine, Slug, Url

CslType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "chapter",
    "dataset",
    "entry-encyclopedia",
    "paper-conference",
    "post",
    "post-weblog",
    "report",
    "standard",
    "thesis",
    "webpage",
]

_DOI: Final = re.compile(r"10\.\d{4,9}/\S+\Z")
_CUT_OFF: Final = re.compile(r"\.\.|…|[.,;:/_\-\u2010-\u2015]\Z")
_INSTEAD: Final = "give the reference by title and journal instead"


def find_doi_fault(doi: str) -> str | None:
    """What is wrong with the form of a DOI, or None. Whether it resolves is not asked here."""
    if not _DOI.match(doi):
        return (
            f"{doi!r} is not a DOI of the form 10.1234/suffix (without 'doi:' or an address): "
            f"correct it or {_INSTEAD}"
        )
    if _CUT_OFF.search(doi):
        return f"the DOI {doi!r} looks cut off: copy it whole from the source or {_INSTEAD}"
    if doi.count("(") != doi.count(")"):
        return f"the DOI {doi!r} has a bracket without its pair: copy it whole or {_INSTEAD}"
    return None


def _check_doi(doi: str) -> str:
    if fault := find_doi_fault(doi):
        raise ValueError(fault)
    return doi


def _check_pmid(pmid: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", pmid):
        raise ValueError(f"a PMID is one to nine digits, not {pmid!r}: correct it or {_INSTEAD}")
    return pmid


def _check_date_parts(parts: tuple[int, ...]) -> tuple[int, ...]:
    year, month, day = (*parts, 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{list(parts)} is not a date: write [year, month, day]") from error
    return parts


def _check_date(value: Any) -> Any:
    # Pydantic would take a number for seconds since 1970.
    if value is None or type(value) is datetime.date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return value
    raise ValueError("must be a date such as 2026-11-22")


Doi = Annotated[StrictStr, AfterValidator(_check_doi), StringConstraints(max_length=300)]
Pmid = Annotated[StrictStr, AfterValidator(_check_pmid)]
Day = Annotated[datetime.date, BeforeValidator(_check_date)]
DateParts = Annotated[
    tuple[StrictInt, ...], Field(min_length=1, max_length=3), AfterValidator(_check_date_parts)
]


class CslModel(BaseModel):
    """A CSL object: hyphenated names outside, members that are not given left out."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        serialize_by_alias=True,
    )

    @model_serializer(mode="wrap")
    def _leave_out_what_is_not_given(
        self, handler: SerializerFunctionWrapHandler
    ) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value not in (None, [], ())}


class CslName(CslModel):
    """A person by family and given name, or an organisation by its literal name."""

    family: FilledLine | None = None
    given: FilledLine | None = None
    non_dropping_particle: FilledLine | None = None
    suffix: FilledLine | None = None
    literal: FilledLine | None = None

    @model_validator(mode="after")
    def _check_one_kind_of_name(self) -> Self:
        if (self.family is None) == (self.literal is None):
            raise ValueError("a name has either 'family' (and 'given') or 'literal'")
        if self.literal and (self.given or self.suffix or self.non_dropping_particle):
            raise ValueError("a 'literal' name stands alone: use 'family' and 'given' for a person")
        return self


class CslDate(CslModel):
    """A date, or a span of two, as lists of year, month, day."""

    date_parts: tuple[DateParts, ...]

    @model_validator(mode="after")
    def _check_one_date_or_two(self) -> Self:
        if len(self.date_parts) not in (1, 2):
            raise ValueError("'date-parts' is a list of one date, or of two for a span")
        return self


class Csl(CslModel):
    """One bibliographic record. The order of the fields is the order in bundles."""

    type: CslType
    title: FilledLine
    author: tuple[CslName, ...] = ()
    editor: tuple[CslName, ...] = ()
    container_title: FilledLine | None = None
    collection_title: FilledLine | None = None
    edition: FilledLine | None = None
    genre: FilledLine | None = None
    number: FilledLine | None = None
    issued: CslDate | None = None
    accessed: CslDate | None = None
    volume: FilledLine | None = None
    issue: FilledLine | None = None
    page: FilledLine | None = None
    publisher: FilledLine | None = None
    publisher_place: FilledLine | None = None
    doi: Doi | None = Field(default=None, alias="DOI")
    pmid: Pmid | None = Field(default=None, alias="PMID")
    pmcid: FilledLine | None = Field(default=None, alias="PMCID")
    isbn: FilledLine | None = Field(default=None, alias="ISBN")
    issn: FilledLine | None = Field(default=None, alias="ISSN")
    url: Url | None = Field(default=None, alias="URL")
    language: FilledLine | None = None
    note: FilledLine | None = None


class ReferenceDraft(BaseModel):
    """A source under the key that texts cite it by, and who last checked that it says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Slug
    csl: Csl
    checked_on: Day | None = None
    checked_by: FilledLine | None = None

    @model_validator(mode="after")
    def _check_date_has_a_name(self) -> Self:
        if (self.checked_on is None) != (self.checked_by is None):
            raise ValueError("give both 'checked_on' and 'checked_by', or neither")
        return self
