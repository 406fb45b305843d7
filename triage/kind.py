"""What publishing must know about protocols: the pure parts and the rows, tied together."""

from functools import partial
from typing import Any

from django.utils import timezone
from reversion.models import Revision

from calfcms.publishing.kinds import Content, Effect, Kind, Library, SourceEdition
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem
from conditions.selectors import find_source_digest, get_publisher, list_references
from triage import checks
from triage import content as contents
from triage.case_effects import list_effects
from triage.definition import ProtocolDraft, list_reference_keys
from triage.models import Protocol
from triage.row_sync import write_rows
from triage.scorecard import SCORECARD, write_scorecard
from triage.selectors import list_documents_using, list_drafts_translating
from triage.stored import read_draft, read_draft_of_revision
from triage.translation_checks import check_translation


class ProtocolKind(Kind):
    """Triage protocols."""

    name = contents.KIND
    formats = {"json": "application/json"}
    path = contents.PATH
    members = contents.MEMBERS
    card_members = ("title", "summary", "conditions", "disclaimer", "translation")
    # A case that expects less opens the gate for the rules that follow.
    safety_members = (*contents.ANSWERING, "case_sets")
    part_lists = {
        "dispositions": "urgency",
        "regions": "code",
        "findings": "id",
        "scores": "id",
        "scores.items": "id",
        "rules": "id",
        "causes": "id",
        "case_sets": "id",
        "case_sets.cases": "id",
        "references": "key",
    }

    def read_draft(self, document: Document) -> ProtocolDraft | None:
        """The draft in the document's rows."""
        return read_draft(document)

    def write_rows(self, document: Document, draft: ProtocolDraft) -> None:
        """Make the rows say what the draft says."""
        write_rows(document, draft)

    def delete_rows(self, document: Document) -> None:
        """Remove the protocol's draft."""
        Protocol.objects.filter(document=document).delete()

    def list_documents_using(self, table: str, key: str) -> list[Document]:
        """The protocols that name this reference or publisher."""
        return list_documents_using(table, key)

    def list_drafts_translating(self, document: Document, number: int) -> list[Document]:
        """The protocols that say they translate that edition."""
        return list_drafts_translating(document, number)

    def count_broken_citations(self, content: Content) -> int:
        """How many references of rules and scores are not there."""
        known = {reference["key"] for reference in content["references"]}
        named = list_reference_keys(contents.draft_of_content(content))
        return sum(1 for key in named if key not in known)

    def resolve(self, draft: ProtocolDraft) -> Content:
        """The draft with its publisher and references written out."""
        references = list_references(list_reference_keys(draft))
        return contents.to_content(
            draft,
            references={reference.key: reference for reference in references},
            publisher=get_publisher(draft.publisher),
            source_digest=find_source_digest(contents.KIND, draft.slug, draft.translation_of),
        )

    def public_content(self, content: Content) -> Content:
        """The protocol without its cases, which are signed but no part of what readers get."""
        return contents.public_content(content)

    def draft_of_content(self, content: Content) -> ProtocolDraft:
        """The draft that says this content."""
        return contents.draft_of_content(content)

    def draft_of_revision(self, document: Document, revision: Revision) -> ProtocolDraft:
        """The draft as that revision saved it."""
        return read_draft_of_revision(document, revision)

    def list_problems(self, content: Content, library: Library) -> list[Problem]:
        """Every reason why this protocol cannot be published."""
        return [
            *checks.list_problems(
                content,
                library,
                today=timezone.now().date(),
                get_live=partial(_get_live, content),
            ),
            *check_translation(content, get_source=partial(_get_source, library, content["slug"])),
        ]

    def describe_evidence(self, content: Content, library: Library) -> dict[str, Any]:
        """What was proved of the protocol."""
        return {"proof": checks.prove(content, library).describe()}

    def list_effects(self, before: Content | None, after: Content) -> list[Effect]:
        """The cases that are answered differently."""
        return list_effects(before, after)

    def describe(self, content: Content, library: Library) -> dict[str, Any]:  # noqa: ARG002
        """The protocol's own members of the edition's JSON."""
        return contents.describe(content)

    def render(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:  # noqa: ARG002
        """Protocols are published as JSON only."""
        return {}

    def render_internal(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:
        """How the edition does on its cases, which no reader gets."""
        return {SCORECARD: write_scorecard(edition, content)}


def _get_source(library: Library, slug: str, locale: str, number: int) -> SourceEdition | None:
    return library.get_source(kind=contents.KIND, slug=slug, locale=locale, number=number)


def _get_live(content: Content) -> Content | None:
    """What readers get of this protocol now, whatever is about to replace it."""
    return LibraryOfEditions().get_content(
        kind=contents.KIND, slug=content["slug"], locale=content["locale"]
    )
