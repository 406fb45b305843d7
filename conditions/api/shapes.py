"""What a condition says, as JSON."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, RootModel

from calfcms.api.schema import Shape
from calfcms.publishing.api.shapes import CardHead, EditionHead, Review, require_kept
from calfcms.search.api.shapes import FoundItem, FoundPage
from calfcms.urgency import Urgency
from conditions.draft import Aspect


class Texts(Shape):
    """The same text twice: as sanitised HTML, and plain."""

    html: str
    text: str


class CodingShape(Shape):
    """The condition's code in a terminology; `verified` once somebody looked it up there."""

    system: str
    code: str
    display: str
    version: str | None
    source: str | None
    verified: bool


class TopicShape(Shape):
    """A subject that pages are filed under."""

    slug: str
    title: str


class SectionShape(Texts):
    """Text under a headline; sections may be nested."""

    id: str
    aspect: Aspect
    headline: str
    partner: str | None = None
    """There only in what this partner's key reads: the section is for it alone."""
    sections: list["SectionShape"]


class CauseShape(Shape):
    """A possible cause; `condition` is the slug of the page about it, where one is published."""

    id: str
    name: str
    condition: str | None
    html: str
    urgency: Urgency


class RedFlagShape(Shape):
    """A sign that must not wait, and what to do. `references` are numbers."""

    id: str
    sign: str
    urgency: Urgency
    action: str
    suspects: list[str]
    references: list[int]


class FaqShape(Shape):
    """A question that people ask, and its answer."""

    id: str
    question: str
    answer: Texts


class FigureSourceShape(Shape):
    """One file of a figure."""

    url: str
    width: int
    type: str


class FigureShape(Shape):
    """A picture; `alt` says what it shows, for people who do not see it."""

    id: str
    alt: str
    caption: str
    credit: str
    sources: list[FigureSourceShape]


class ReferenceShape(Shape):
    """A source, by the number that the text cites; `csl` is CSL-JSON."""

    number: int
    id: str
    citation: str
    csl: dict[str, Any]
    doi: str | None
    url: str | None
    checked_on: date | None


class RelatedShape(Shape):
    """Another page to read."""

    slug: str
    title: str


class ContributorShape(Shape):
    """Somebody who made the text. Who reviewed it is in `review`."""

    role: str
    name: str
    credentials: str


class PublisherShape(Shape):
    """Who answers for the page; a demonstration publisher says so."""

    slug: str
    name: str
    url: str
    is_demonstration: bool


class TranslationSource(Shape):
    """The edition that a page translates."""

    locale: str
    edition: int
    digest: str
    url: str


class TranslationShape(Shape):
    """What a page translates, and how well."""

    of: TranslationSource
    is_complete: bool
    """Whether every part of the source is there."""
    is_reviewed: bool
    """Whether a translator has reviewed it."""
    note: str
    """The same for readers, in the language of the page."""
    stale: bool = False
    """There, and true, only in live answers while readers of the source get another edition, or
    none. Like `source_withdrawn` it is no part of the edition: leave it out to check the digest."""
    source_withdrawn: bool = False
    """There, and true, only in live answers while nothing of the source is published."""


class ConditionEdition(EditionHead):
    """One edition of a page about a condition."""

    title: str
    name: str
    alternate_names: list[str]
    codes: list[CodingShape]
    summary: Texts
    audience: str
    topics: list[TopicShape]
    sections: list[SectionShape]
    causes: list[CauseShape]
    red_flags: list[RedFlagShape]
    faqs: list[FaqShape]
    figures: list[FigureShape]
    references: list[ReferenceShape]
    related: list[RelatedShape]
    contributors: list[ContributorShape]
    review: Review
    publisher: PublisherShape
    disclaimer: str
    license: str
    attribution: str
    translation: TranslationShape | None = None
    """Null where the page was written first."""


class SparseConditionEdition(ConditionEdition):
    """What `fields` left of an edition. `digest` is still that of the whole."""

    model_config = ConfigDict(json_schema_extra=require_kept)


class ConditionAnswer(RootModel[ConditionEdition | SparseConditionEdition]):
    """The edition; with `fields` some of its members."""


class ConditionPart(Shape):
    """What stands beside any part of a page."""

    slug: str
    locale: str
    edition: int
    digest: str
    """Of the whole edition, from which this is a part."""
    partner: str | None = None
    """There only in what a partner's key reads of a page with sections for this partner alone."""
    translation: TranslationShape | None = None
    """There only in a translation."""
    red_flags: list[RedFlagShape]
    review: Review
    disclaimer: str
    url: str
    """The whole edition, with the references that the numbers are of."""


class ConditionFaqs(ConditionPart):
    """The questions that people ask, and their answers."""

    faqs: list[FaqShape]


class ConditionSections(ConditionPart):
    """What a page says about one aspect; sections inside these may be about others."""

    aspect: Aspect
    sections: list[SectionShape]


class ConditionCard(CardHead):
    """A condition as the list shows it."""

    title: str
    name: str
    alternate_names: list[str]
    codes: list[CodingShape]
    summary: Texts
    audience: str
    topics: list[TopicShape]
    red_flags: list[RedFlagShape]
    disclaimer: str
    translation: TranslationShape | None = None
    """Null where the page was written first."""
    review: Review
    url: str


class ConditionItem(FoundItem, ConditionCard):
    """A condition as the list shows it, and why it was found."""


class SparseConditionItem(ConditionItem):
    """What `fields` left of an item. `digest` is still that of the whole edition."""

    model_config = ConfigDict(json_schema_extra=require_kept)


class ConditionList(FoundPage):
    """Live conditions: newest change first, or with `q` best answer first."""

    items: list[ConditionItem | SparseConditionItem]
    next: str | None
    """Where the list goes on; null at its end."""
