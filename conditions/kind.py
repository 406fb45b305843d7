"""What publishing must know about conditions: the pure parts and the rows, tied together."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

from reversion.models import Revision

from calfcms.publishing.kinds import Content, Kind, Library, SourceEdition
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem
from calfcms.publishing.search_texts import SearchText
from conditions import checks, document
from conditions.content import walk_citations
from conditions.draft import ConditionDraft
from conditions.facets import list_facets
from conditions.models import Condition
from conditions.renditions import MEDIA_TYPES, mark_overdue, mark_stale, render_all
from conditions.renditions.citations import CITATIONS, render_citations
from conditions.row_sync import write_rows
from conditions.search_texts import list_search_texts
from conditions.selectors import (
    find_source_digest,
    get_publisher,
    list_documents_using,
    list_drafts_translating,
    list_references,
    list_topics,
)
from conditions.stored import read_draft, read_draft_of_revision
from conditions.translation_checks import check_translation


class ConditionKind(Kind):
    """Pages about conditions."""

    name = document.KIND
    formats = MEDIA_TYPES
    path = "conditions"
    members = document.MEMBERS
    card_members = (
        *("title", "name", "alternate_names", "codes", "summary", "audience", "topics"),
        *("red_flags", "disclaimer", "translation"),
    )
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

    def list_drafts_translating(self, document: Document, number: int) -> list[Document]:
        """The pages that say they translate that edition."""
        return list_drafts_translating(document, number)

    def count_broken_citations(self, content: Content) -> int:
        """How many citations name a reference that is not there."""
        return sum(1 for _ in checks.check_citations(content))

    def public_content(self, content: Content) -> Content:
        """The page without what is for one partner only, or for us only."""
        return document.public_content(content)

    def draft_of_content(self, content: Content) -> ConditionDraft:
        """The draft that says this content."""
        return document.draft_of_content(content)

    def draft_of_revision(self, document: Document, revision: Revision) -> ConditionDraft:
        """The draft as that revision saved it."""
        return read_draft_of_revision(document, revision)

    def list_problems(self, content: Content, library: Library) -> list[Problem]:
        """Every reason why this page cannot be published."""
        return [
            *checks.list_problems(content, get_condition=_get_pages(content, library)),
            *check_translation(
                content,
                get_source=partial(_get_source, library, content["slug"]),
                others=_list_others(content, library),
            ),
        ]

    def describe(self, content: Content, library: Library) -> dict[str, Any]:
        """The page's own members of the edition's JSON."""
        title_of = _find_titles(content, library)
        return document.describe(content, title_of=title_of, source=_get_text(content, library))

    def list_partners(self, content: Content) -> list[str]:
        """The partners that sections of the page are for alone."""
        return document.list_partners(content)

    def describe_for_partner(
        self, content: Content, library: Library, *, partner: str
    ) -> dict[str, Any]:
        """The page's own members, with this partner's sections."""
        return document.describe(
            content,
            title_of=_find_titles(content, library),
            partner=partner,
            source=_get_text(content, library),
        )

    def render(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:
        """JSON-LD, HTML and Markdown."""
        return render_all(edition, content)

    def list_facets(self, edition: dict[str, Any], content: Content) -> list[tuple[str, str]]:  # noqa: ARG002
        """Topics, codes, sources, and the urgencies of red flags."""
        return list_facets(edition)

    def render_internal(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:
        """Which statements rest on which source."""
        public = self.public_content(content)
        return {CITATIONS: render_citations(edition, public, path=self.path)}

    def list_search_texts(self, edition: dict[str, Any]) -> list[SearchText]:
        """Names, title, summary, red flags, sections, causes and FAQs."""
        return list_search_texts(edition)

    def mark_overdue(self, name: str, body: bytes, *, locale: str, due_on: date) -> bytes:
        """HTML and Markdown say it after the title; schema.org has no term for it."""
        return mark_overdue(name, body, locale=locale, due_on=due_on)

    def mark_stale(self, name: str, body: bytes, *, locale: str, is_withdrawn: bool) -> bytes:
        """HTML and Markdown say it after the title; schema.org has no term for it."""
        return mark_stale(name, body, locale=locale, is_withdrawn=is_withdrawn)


def resolve(draft: ConditionDraft) -> Content:
    """What the draft says, with the shared rows that it names written out."""
    cited = {key for _, keys in walk_citations(draft.model_dump(mode="json")) for key in keys}
    return document.to_content(
        draft,
        references={reference.key: reference for reference in list_references(cited)},
        publisher=get_publisher(draft.publisher),
        topics={topic.slug: topic for topic in list_topics(draft.topics)},
        source_digest=find_source_digest(document.KIND, draft.slug, draft.translation_of),
    )


def _get_pages(content: Content, library: Library) -> Callable[[str], Content | None]:
    """The published pages in the locale of this one, by slug, each looked up once."""
    return cache(partial(_get_page, library, content["locale"]))


def _find_titles(content: Content, library: Library) -> document.TitleOf:
    get_page = _get_pages(content, library)

    def title_of(slug: str) -> str | None:
        page = get_page(slug)
        return page["title"] if page else None

    return title_of


def _get_source(library: Library, slug: str, locale: str, number: int) -> SourceEdition | None:
    return library.get_source(kind=document.KIND, slug=slug, locale=locale, number=number)


def _get_text(content: Content, library: Library) -> Content | None:
    """What the edition says that this page translates."""
    pinned = content.get("translation_of")
    if not pinned:
        return None
    source = _get_source(library, content["slug"], pinned["locale"], pinned["edition"])
    return source.content if source else None


def _list_others(content: Content, library: Library) -> list[Content]:
    pages = library.list_translations(kind=document.KIND, slug=content["slug"])
    return [page for page in pages if page["locale"] != content["locale"]]


def _get_page(library: Library, locale: str, slug: str) -> Content | None:
    return library.get_content(kind=document.KIND, slug=slug, locale=locale)
