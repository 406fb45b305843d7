"""What an editor writes about a condition, as frozen values that cannot be built wrong.

A draft may be unfinished (no summary yet, no alt text yet); what must be there to publish is asked
in `checks`. The order of the fields is the order in bundles.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    model_validator,
)

from calfcms.publishing.policy import RiskClass
from calfcms.urgency import Urgency
from conditions.aspect import Aspect as Aspect
from conditions.references import ReferenceDraft as ReferenceDraft
from conditions.text import FilledLine, Line, Markdown, Slug, Url

MAX_SECTION_DEPTH: Final = 4
"""Sections are headings of level 2 and below; HTML ends at 6 and bodies may have headings too."""

RESERVED_SLUGS: Final = frozenset({"export"})
"""What the API has at the place of a page's slug."""

_REFERENCE_ANCHOR = re.compile(r"ref-[0-9]+")


def _check_part_id(part_id: str) -> str:
    if _REFERENCE_ANCHOR.fullmatch(part_id):
        raise ValueError(
            "ids such as 'ref-4' are the anchors of the reference list: choose another"
        )
    return part_id


def _refuse_reserved(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise ValueError(
            f"'{slug}' is a call of the API, /conditions/{slug}: choose another slug, such as "
            f"'{slug}-page'"
        )
    return slug


def _check_unique(values: tuple[str, ...]) -> tuple[str, ...]:
    if twice := _list_repeated(values):
        raise ValueError(f"each may be listed once only: {', '.join(twice)}")
    return values


def _list_repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


PartId = Annotated[Slug, AfterValidator(_check_part_id)]
PageSlug = Annotated[Slug, AfterValidator(_refuse_reserved)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_check_unique)]
Names = Annotated[tuple[FilledLine, ...], AfterValidator(_check_unique)]
Locale = Annotated[
    StrictStr,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"),
]
"""BCP 47 in its simple form: language, perhaps script, perhaps region (`en`, `en-GB`, `hi`)."""


ReviewMonths = Annotated[StrictInt, Field(ge=1, le=60)]


class Part(BaseModel):
    """Anything a draft is made of: frozen, with no members but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Coding(Part):
    """The condition's code in a terminology. `verified` once somebody looked it up there."""

    system: FilledLine
    code: FilledLine
    display: Line = ""
    version: FilledLine | None = None
    source: FilledLine | None = None
    verified: StrictBool = False


class Section(Part):
    """Text under a headline. With `partner` it goes to that partner's key only."""

    id: PartId
    aspect: Aspect
    headline: FilledLine
    body: Markdown = ""
    partner: Slug | None = None
    sections: tuple["Section", ...] = ()


class Cause(Part):
    """A possible cause; `condition` is the page about it where one exists."""

    id: PartId
    name: FilledLine
    condition: Slug | None = None
    urgency: Urgency
    body: Markdown = ""


class RedFlag(Part):
    """A sign that must not wait longer than `urgency`, and what to do."""

    id: PartId
    sign: FilledLine
    urgency: Urgency
    action: Line = ""
    suspects: Names = ()
    references: Slugs = ()


class Faq(Part):
    """A question that people ask, and its answer."""

    id: PartId
    question: FilledLine
    answer: Markdown = ""


class FigureSource(Part):
    """One file of a figure."""

    url: Url
    width: Annotated[StrictInt, Field(ge=1, le=20_000)]
    type: Annotated[StrictStr, StringConstraints(pattern=r"^image/[a-z0-9.+-]+$")]


class Figure(Part):
    """A picture. `alt` says what it shows, for people who do not see it."""

    id: PartId
    alt: Line = ""
    caption: Line = ""
    credit: Line = ""
    sources: tuple[FigureSource, ...] = ()


class Contributor(Part):
    """Somebody who made the text. Reviewers are not listed here: they sign editions."""

    role: Literal["author", "editor", "illustrator", "patient_adviser", "translator"]
    name: FilledLine
    credentials: Line = ""


class TranslationOf(Part):
    """The edition that a page translates: its locale and number; the slug is the page's own."""

    locale: Locale
    edition: Annotated[StrictInt, Field(ge=1, le=999_999_999)]
    reviewed: StrictBool = False
    """Whether a translator has reviewed the translation; readers are told until then."""


def check_source_locale(locale: str, source: TranslationOf | None) -> None:
    """Raises `ValueError` where something would be a translation of its own language."""
    if source and source.locale == locale:
        raise ValueError(f"what is in {locale} cannot be a translation from {locale}")


class PublisherDraft(Part):
    """Who answers for the page. A demonstration publisher is labelled as such everywhere."""

    slug: Slug
    name: FilledLine
    url: Url
    is_demonstration: StrictBool = False


class TopicDraft(Part):
    """A subject that pages are filed under."""

    slug: Slug
    title: FilledLine


class ConditionDraft(Part):
    """One page about one condition in one locale."""

    slug: PageSlug
    locale: Locale
    translation_of: TranslationOf | None = None
    title: FilledLine
    name: FilledLine
    alternate_names: Names = ()
    codes: tuple[Coding, ...] = ()
    audience: Literal["patient", "caregiver", "clinician"] = "patient"
    topics: Slugs = ()
    specialties: Slugs = ()
    publisher: Slug
    license: Line = ""
    attribution: Line = ""
    risk_class: RiskClass | None = None
    review_interval_months: ReviewMonths | None = None
    summary: Markdown = ""
    sections: tuple[Section, ...] = ()
    causes: tuple[Cause, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    faqs: tuple[Faq, ...] = ()
    figures: tuple[Figure, ...] = ()
    related: Slugs = ()
    contributors: tuple[Contributor, ...] = ()
    disclaimer: Markdown = ""

    @model_validator(mode="after")
    def _check_part_ids_are_unique(self) -> Self:
        if twice := _list_repeated(list_part_ids(self)):
            raise ValueError(
                f"part ids must be unique on the page, also across sections, causes, red flags, "
                f"questions and figures; used twice: {', '.join(twice)}"
            )
        return self

    @model_validator(mode="after")
    def _check_it_translates_another_locale(self) -> Self:
        check_source_locale(self.locale, self.translation_of)
        return self

    @model_validator(mode="after")
    def _check_sections_are_not_too_deep(self) -> Self:
        deepest = max((depth for depth, _ in walk_sections(self.sections)), default=0)
        if deepest > MAX_SECTION_DEPTH:
            raise ValueError(f"sections can be nested {MAX_SECTION_DEPTH} deep, not {deepest}")
        return self


def walk_sections(sections: Iterable[Section], depth: int = 1) -> Iterator[tuple[int, Section]]:
    """Every section with its depth, in reading order."""
    for section in sections:
        yield depth, section
        yield from walk_sections(section.sections, depth + 1)


def list_part_ids(draft: ConditionDraft) -> list[str]:
    """The ids of all parts, in reading order."""
    sections = [section.id for _, section in walk_sections(draft.sections)]
    others = (draft.causes, draft.red_flags, draft.faqs, draft.figures)
    return sections + [part.id for parts in others for part in parts]
