"""Drafts of protocols as the database holds them: from rows, and from a revision's copies."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.problem import refuse
from calfcms.publishing.revisions import Row, read_copies
from triage.definition import ProtocolDraft
from triage.models import Cause, Finding, Protocol, Rule, Score, ScoreItem
from triage.rows import Rows, draft_of_rows

CHILDREN: Mapping[str, type[Any]] = {
    "findings": Finding,
    "rules": Rule,
    "scores": Score,
    "causes": Cause,
}
"""The tables that belong to a protocol, by their name in `Rows`."""


def read_draft(document: Document) -> ProtocolDraft | None:
    """The draft in the document's rows, in six queries; None where it has no rows yet."""
    root = Protocol.objects.filter(document=document).values().first()
    if root is None:
        return None
    children = {
        name: list(model.objects.filter(protocol=root["id"]).order_by().values())
        for name, model in CHILDREN.items()
    }
    items = ScoreItem.objects.filter(score__protocol=root["id"]).order_by().values()
    rows = Rows(protocol=root, score_items=list(items), **children)
    return draft_of_rows(rows, slug=document.slug, locale=document.locale)


def read_draft_of_revision(document: Document, revision: Revision) -> ProtocolDraft:
    """The draft as that revision saved it.

    Raises `Refused` where the revision is of another document, or older than today's rules allow.
    """
    copies = read_copies(revision)
    root = next((r for r in copies[Protocol] if r["document_id"] == document.pk), None)
    if root is None:
        raise refuse(
            "revision_of_another_document",
            f"Revision {revision.pk} did not save {document}.",
            "Choose one of this document's own revisions.",
        )
    try:
        return draft_of_rows(_select_rows(copies, root), slug=document.slug, locale=document.locale)
    except ValidationError as error:
        raise refuse(
            "revision_does_not_fit",
            f"Revision {revision.pk} says what a draft cannot say today: {error}",
            "Restore from an edition, or write the draft anew.",
        ) from error


def _select_rows(copies: Mapping[Any, list[Row]], root: Row) -> Rows:
    children = {
        name: [row for row in copies[model] if row["protocol_id"] == root["id"]]
        for name, model in CHILDREN.items()
    }
    scores = {row["id"] for row in children["scores"]}
    items = [row for row in copies[ScoreItem] if row["score_id"] in scores]
    return Rows(protocol=root, score_items=items, **children)
