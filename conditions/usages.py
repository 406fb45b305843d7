"""Which documents say what a shared row says: their drafts, and what readers get of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calfcms.publishing.kinds import Content, Kind, list_kinds
from calfcms.publishing.models import Document
from calfcms.publishing.selectors import list_live_editions
from conditions.shared_tables import SharedTable


@dataclass(frozen=True)
class Usage:
    """A document, and where in it the row is named."""

    document: Document
    in_draft: bool
    live_edition: int | None
    """The number of the live edition that names it."""

    def __str__(self) -> str:
        places = ["its draft"] if self.in_draft else []
        places += [f"its live edition {self.live_edition}"] if self.live_edition else []
        return f"{self.document}: {' and '.join(places)}"


def list_usages(table: SharedTable, key: str) -> list[Usage]:
    """Every document that names this row, by its address."""
    drafts = {
        document: None for kind in list_kinds() for document in _list_drafts(kind, table, key)
    }
    live = {
        edition.document: edition.number
        for kind in list_kinds()
        for edition in list_live_editions(kind=kind.name).filter(content__contains=f'"{key}"')
        if _names(edition.read_content(), table, key)
    }
    documents = sorted({*drafts, *live}, key=str)
    return [Usage(document, document in drafts, live.get(document)) for document in documents]


def _list_drafts(kind: Kind, table: SharedTable, key: str) -> Iterator[Document]:
    """Read anew, for the kind's own list may hold documents that name a longer key."""
    for document in kind.list_documents_using(table.name, key):
        if _names(kind.read_content(document), table, key):
            yield document


def _names(content: Content, table: SharedTable, key: str) -> bool:
    rows: Any = content.get(table.name) or content.get(table.one) or []
    return any(row[table.column] == key for row in ([rows] if isinstance(rows, dict) else rows))
