"""What publishing must know about conditions: the pure parts and the rows, tied together."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

from reversion.models import Revision

from calfcms.publishing.kinds import Content, Kind, Library
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem
from conditions import checks, document
from conditions.content import walk_citations
from conditions.draft import ConditionDraft
from conditions.models import Condition
from conditions.renditions import MEDIA_TYPES, mark_overdue, render_all
from conditions.row_sync import write_rows
from conditions.selectors import (
    get_publisher,
    list_documents_using,
    list_references,
    list_topics,
)
from conditions.stored import read_draft, read_draft_of_revision


class ConditionKind(Kind):
    """Pages about conditions."""

    name = document.KIND
    formats = MEDIA_TYPES
    path = "conditions"
    card_members = ("title", "name", "alternate_names", "codes", "summary", "audience", "topics")
    safety_members = ("red_flags",)
    part_lists = {
        "sections": "id",
        "sections.sections": "id",
        "causes": "id",
        "red_flags": "id",
        "faqs": "id",
        "figures": "id",
        "references": "key",
        "topics": "slug",
    }

    def read_draft(self, document: Document) -> ConditionDraft | None:
        """The draft in the document's rows."""
        return read_draft(document)

    def write_rows(self, document: Document, draft: ConditionDraft) -> None:
        """Make the rows say what the draft says."""
        write_rows(document, draft)

    def delete_rows(self, document: Document) -> None:
        """Remove the page's draft."""
        Condition.objects.filter(document=document).delete()

    def resolve(self, draft: ConditionDraft) -> Content:
        """The draft with its references, publisher and topics written out."""
        return resolve(draft)

    def list_documents_using(self, table: str, key: str) -> list[Document]:
        """The pages that name this reference, publisher or topic."""
        return list_documents_using(table, key)

    def count_broken_citations(self, content: Content) -> int:
        """How many citations name a reference that is not there."""
        return sum(1 for _ in checks.check_citations(content))

    def draft_of_content(self, content: Content) -> ConditionDraft:
        """The draft that says this content."""
        return document.draft_of_content(content)

    def draft_of_revision(self, document: Document, revision: Revision) -> ConditionDraft:
        """The draft as that revision saved it."""
        return read_draft_of_revision(document, revision)

    def list_problems(self, content: Content, library: Library) -> list[Problem]:
        """Every reason why this page cannot be published."""
        return checks.list_problems(content, get_condition=_get_pages(content, library))

    def describe(self, content: Content, library: Library) -> dict[str, Any]:
        """The page's own members of the edition's JSON."""
        get_page = _get_pages(content, library)

        def title_of(slug: str) -> str | None:
            page = get_page(slug)
            return page["title"] if page else None

        return document.describe(content, title_of=title_of)

    def render(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:
        """JSON-LD, HTML and Markdown."""
        return render_all(edition, content)

    def mark_overdue(self, name: str, body: bytes, *, locale: str, due_on: date) -> bytes:
        """HTML and Markdown say it after the title; schema.org has no term for it."""
        return mark_overdue(name, body, locale=locale, due_on=due_on)


def resolve(draft: ConditionDraft) -> Content:
    """What the draft says, with the shared rows that it names written out."""
    cited = {key for _, keys in walk_citations(draft.model_dump(mode="json")) for key in keys}
    return document.to_content(
        draft,
        references={reference.key: reference for reference in list_references(cited)},
        publisher=get_publisher(draft.publisher),
        topics={topic.slug: topic for topic in list_topics(draft.topics)},
    )


def _get_pages(content: Content, library: Library) -> Callable[[str], Content | None]:
    """The published pages in the locale of this one, by slug, each looked up once."""
    return cache(partial(_get_page, library, content["locale"]))


def _get_page(library: Library, locale: str, slug: str) -> Content | None:
    return library.get_content(kind=document.KIND, slug=slug, locale=locale)
