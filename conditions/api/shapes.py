"""What a condition says, as JSON."""

from datetime import date
from typing import Any

from calfcms.api.schema import Shape
from calfcms.publishing.api.shapes import CardHead, EditionHead, Review
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


class ConditionCard(CardHead):
    """A condition as the list shows it."""

    title: str
    name: str
    alternate_names: list[str]
    codes: list[CodingShape]
    summary: Texts
    audience: str
    topics: list[TopicShape]
    review: Review
    url: str


class ConditionList(Shape):
    """Live conditions, newest change first."""

    items: list[ConditionCard]
    next: str | None
    """Where the list goes on; null at its end."""
