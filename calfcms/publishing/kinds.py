"""The port between publishing and the kinds of content that it publishes.

Publishing knows documents, digests and editions; what a condition or a protocol says, it learns
from the `Kind` that the app registers when Django starts. So imports keep pointing one way.
"""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from calfcms.publishing.problem import Problem
from calfcms.publishing.search_texts import SearchText

if TYPE_CHECKING:
    from reversion.models import Revision

    from calfcms.publishing.models import Document

Content = dict[str, Any]
"""What a draft says, as JSON. Its canonical form is what a reviewer signs."""


@dataclass(frozen=True)
class SourceEdition:
    """An edition that a translation says to translate, and what has become of it since."""

    content: Content
    is_withdrawn: bool
    """Whether nothing of its document is live any more."""
    is_recalled: bool


class Library(Protocol):
    """The content that readers will find: what is live, or goes live in the same publish."""

    def get_content(self, *, kind: str, slug: str, locale: str) -> Content | None:
        """The content at that address, or None where nothing is published."""

    def list_contents(self, *, kind: str) -> list[Content]:
        """All content of a kind."""

    def list_translations(self, *, kind: str, slug: str) -> list[Content]:
        """What is live, or goes live, under that slug in any locale."""

    def get_source(self, *, kind: str, slug: str, locale: str, number: int) -> SourceEdition | None:
        """An edition that was published, live or not; None where there is none."""


@dataclass(frozen=True)
class Effect:
    """One thing that readers are told differently after a change: an answer of a protocol."""

    title: str
    before: str
    after: str
    note: str = ""
    is_worse: bool = False
    """Whether somebody would now be told something that is not safe enough."""


class Kind(abc.ABC):
    """What publishing must be told about one kind of content."""

    name: ClassVar[str]
    formats: ClassVar[Mapping[str, str]]
    """Format name to media type. There is always `json`."""
    path: ClassVar[str]
    """Where the API serves it, below `/api/v1/`: `conditions`."""
    members: ClassVar[tuple[str, ...]]
    """The members of the edition's JSON that are this kind's own: what `describe` makes."""
    card_members: ClassVar[tuple[str, ...]]
    """The members of the edition's JSON that a list shows."""
    safety_members: ClassVar[tuple[str, ...]]
    """The members of the content whose change always needs a clinician."""
    part_lists: ClassVar[Mapping[str, str]]
    """The members that are lists of parts, and the member that identifies a part in each. A list
    of parts within a part goes by its path: `sections.sections`, to any depth."""

    @abc.abstractmethod
    def read_draft(self, document: Document) -> Any | None:
        """The draft in the document's rows as a frozen value; None where there are no rows."""

    @abc.abstractmethod
    def write_rows(self, document: Document, draft: Any) -> None:
        """Make the rows say what the draft says. Runs inside a revision; saves the root row.

        Raises `Refused` where a shared row that the draft names does not exist.
        """

    @abc.abstractmethod
    def delete_rows(self, document: Document) -> None:
        """Remove the draft's rows; its revisions stay, so that it can be restored."""

    @abc.abstractmethod
    def resolve(self, draft: Any) -> Content:
        """What a draft says, with the shared rows that it names written out."""

    def read_content(self, document: Document) -> Content:
        """What the document's draft says. Raises `LookupError` where it has none."""
        draft = self.read_draft(document)
        if draft is None:
            raise LookupError(f"{document} has no draft: save one first.")
        return self.resolve(draft)

    def public_content(self, content: Content) -> Content:
        """Of what was signed, what everybody may read. All of it by default."""
        return content

    @abc.abstractmethod
    def draft_of_content(self, content: Content) -> Any:
        """The draft that says this content: the way back from an edition."""

    @abc.abstractmethod
    def draft_of_revision(self, document: Document, revision: Revision) -> Any:
        """The draft as an earlier revision saved it, read from the revision's own copy."""

    @abc.abstractmethod
    def list_documents_using(self, table: str, key: str) -> list[Document]:
        """The documents whose drafts name this shared row: a reference, a publisher, a topic."""

    def list_drafts_translating(self, document: Document, number: int) -> list[Document]:  # noqa: ARG002
        """The documents whose drafts say that they translate that edition. None by default.

        What such a draft says is known in full only once there is that edition: its digest is
        written out in it.
        """
        return []

    @abc.abstractmethod
    def count_broken_citations(self, content: Content) -> int:
        """How many citations name a reference that is not there."""

    @abc.abstractmethod
    def list_problems(self, content: Content, library: Library) -> list[Problem]:
        """Every reason why this content cannot be published."""

    def describe_evidence(self, content: Content, library: Library) -> dict[str, Any]:  # noqa: ARG002
        """What more than signatures stands behind this content, for the record of its publication.

        Nothing by default.
        """
        return {}

    def list_effects(self, before: Content | None, after: Content) -> list[Effect]:  # noqa: ARG002
        """What readers are told differently, for a reviewer; the worst first. None by default."""
        return []

    @abc.abstractmethod
    def describe(self, content: Content, library: Library) -> dict[str, Any]:
        """The kind's own members of the edition's JSON, as everybody may read them."""

    def list_partners(self, content: Content) -> list[str]:  # noqa: ARG002
        """The partners that some of this content is for alone, sorted. None by default."""
        return []

    def describe_for_partner(
        self,
        content: Content,
        library: Library,
        *,
        partner: str,  # noqa: ARG002
    ) -> dict[str, Any]:
        """What `describe` makes, with what is for this partner alone."""
        return self.describe(content, library)

    @abc.abstractmethod
    def render(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:
        """The bytes of every format but `json`, from the complete edition."""

    def list_facets(self, edition: dict[str, Any], content: Content) -> list[tuple[str, str]]:  # noqa: ARG002
        """What lists find the edition by: names with values, such as `topic` and `legs`.

        Nothing by default. A name has at most 20 characters; values may be of any length.
        """
        return []

    def render_internal(self, edition: dict[str, Any], content: Content) -> dict[str, bytes]:  # noqa: ARG002
        """Bytes that calls across documents are put together from, by a name that is no format.

        Nothing by default. A name has at most 10 characters; no reader can ask for one.
        """
        return {}

    def list_search_texts(self, edition: dict[str, Any]) -> list[SearchText]:  # noqa: ARG002
        """What search finds the edition by, from its JSON. Nothing by default: it is not found."""
        return []

    def mark_overdue(self, name: str, body: bytes, *, locale: str, due_on: date) -> bytes:  # noqa: ARG002
        """The stored bytes of a format but `json`, telling readers that the review is overdue.

        Unchanged by default, and for formats that have no words for it.
        """
        return body

    def mark_stale(self, name: str, body: bytes, *, locale: str, is_withdrawn: bool) -> bytes:  # noqa: ARG002
        """The stored bytes of a format but `json`, telling readers that what was translated has
        changed since, or is withdrawn.

        Unchanged by default, and for formats that have no words for it.
        """
        return body


Check = Callable[[Content, Library], list[Problem]]

_kinds: dict[str, Kind] = {}
_checks: dict[str, list[Check]] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Called once, from the app's `ready()`."""
    _kinds[kind.name] = kind


def get_kind(name: str) -> Kind:
    """The kind of that name. Raises `LookupError` naming the ones that exist."""
    try:
        return _kinds[name]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise LookupError(f"There is no kind of content named {name!r}; known: {known}.") from None


def list_kinds() -> list[Kind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def add_check(kind_name: str, check: Check) -> None:
    """Let another app refuse content of a kind: triage guards the red flags of conditions."""
    _checks.setdefault(kind_name, []).append(check)


def list_content_problems(kind: Kind, content: Content, library: Library) -> list[Problem]:
    """Every reason against this content: the kind's own, then those of the added checks."""
    problems = kind.list_problems(content, library)
    for check in _checks.get(kind.name, []):
        problems.extend(check(content, library))
    return problems
