"""One page as a draft: what of JSON-LD becomes what of ours, and a note for all else. Pure.

docs/importing.md has the table of what goes where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from conditions.draft import ConditionDraft, PublisherDraft, TopicDraft
from conditions.importing.choosing import choose_page
from conditions.importing.condition import find_condition, read_codes, read_listed
from conditions.importing.faults import ImportFault
from conditions.importing.head import (
    choose_locale,
    choose_slug,
    read_audience,
    read_license,
    read_summary,
    read_title,
    read_topics,
)
from conditions.importing.leftovers import note_leftovers
from conditions.importing.nodes import Graph, Node, list_root_nodes
from conditions.importing.notes import Note, Notes
from conditions.importing.people import find_publisher, note_claims, read_contributors
from conditions.importing.questions import read_questions
from conditions.importing.reading import Reading
from conditions.importing.sections import SectionReader

MAX_FAULTS: Final = 10


@dataclass(frozen=True)
class Wishes:
    """What the operator says, and what is known here."""

    slug: str | None = None
    locale: str | None = None
    publisher: str | None = None
    page: str | None = None
    """Which page, where there are several: its `@id`, address or name."""
    address: str = ""
    """Where the page was fetched from, for links that name no host."""
    default_locale: str = "en"
    publishers: Sequence[PublisherDraft] = ()
    topics: Sequence[TopicDraft] = ()


@dataclass(frozen=True)
class ImportedPage:
    """A draft that nobody has looked at, and what they must look at."""

    draft: ConditionDraft
    notes: Sequence[Note]


def import_value(value: Any, wishes: Wishes) -> ImportedPage:
    """The draft that a page's JSON-LD makes. Raises `ImportFault` where it makes none."""
    graph, notes = Graph(value), Notes()
    roots = list_root_nodes(graph, value)
    page = choose_page(graph, roots, wishes.page)
    reading = Reading(graph, notes)
    reading.base = wishes.address or reading.line(page, "url") or page.id
    reading.enter(page)
    condition = find_condition(reading, page)
    title, name = read_title(reading, page, condition)
    locale = choose_locale(reading, page, wishes.locale, wishes.default_locale)
    sections = SectionReader(reading).read_page(page)
    data = {
        "slug": choose_slug(wishes.slug, name),
        "locale": locale,
        "title": title,
        "name": name,
        "alternate_names": reading.lines(condition, "alternateName"),
        "codes": read_codes(reading, condition),
        "audience": read_audience(reading, page),
        "topics": read_topics(reading, page, roots, wishes.topics),
        "publisher": _choose_publisher(reading, page, roots, wishes),
        **read_license(reading, page),
        "summary": read_summary(reading, page, condition),
        "sections": [*sections, *read_listed(reading, condition, sections)],
        "faqs": read_questions(reading, _list_question_pages(reading, page, roots)),
        "contributors": read_contributors(reading, page),
    }
    note_claims(reading, page)
    note_leftovers(reading, roots)
    return ImportedPage(_make_draft(data), notes.list_all())


def _list_question_pages(reading: Reading, page: Node, roots: Sequence[Node]) -> list[Node]:
    """The page, and the question pages beside it that do not belong to another."""
    beside = []
    for root in roots:
        wholes = [reading.graph.find(value) for _, value in root.get("isPartOf")]
        if "FAQPage" in root.types and root is not page and page in (wholes or [page]):
            reading.enter(root)
            beside.append(root)
    return [page, *beside]


def _choose_publisher(reading: Reading, page: Node, roots: Sequence[Node], wishes: Wishes) -> str:
    found, names = find_publisher(reading, page, roots, wishes.publishers)
    if wishes.publisher or found:
        return wishes.publisher or found or ""
    said = f"Its publisher ({', '.join(names[:3])}) is not" if names else "It names no publisher"
    said = f"{said} known here." if names else f"{said}."
    known = ", ".join(publisher.slug for publisher in wishes.publishers[:20]) or "none yet"
    raise ImportFault(
        said,
        f"Say who of ours answers for the page: --publisher SLUG (there is: {known}), or add the "
        "publisher in the admin first.",
    )


def _make_draft(data: dict[str, Any]) -> ConditionDraft:
    try:
        return ConditionDraft.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        said = [
            f"{'/'.join(str(step) for step in fault['loc']) or 'the page'}: "
            f"{(fault.get('ctx') or {}).get('error') or fault['msg']}"
            for fault in faults[:MAX_FAULTS]
        ]
        more = f" (and {len(faults) - MAX_FAULTS} more)" if len(faults) > MAX_FAULTS else ""
        raise ImportFault(
            f"It makes no draft: {'; '.join(said)}{more}.",
            "Correct the page's JSON-LD and import the file.",
        ) from None
