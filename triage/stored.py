"""Drafts of protocols as the database holds them: from rows, and from a revision's copies."""

from collections.abc import Mapping
from typing import Any

from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.revisions import Copies, Row, read_draft_of_copies
from triage.definition import ProtocolDraft
from triage.models import CaseSet, Cause, Finding, Protocol, Rule, Score, ScoreItem
from triage.rows import Rows, draft_of_rows

CHILDREN: Mapping[str, type[Any]] = {
    "findings": Finding,
    "rules": Rule,
    "scores": Score,
    "causes": Cause,
    "case_sets": CaseSet,
}
"""The tables that belong to a protocol, by their name in `Rows`."""


def read_draft(document: Document) -> ProtocolDraft | None:
    """The draft in the document's rows, in seven queries; None where it has no rows yet."""
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
    """The draft as that revision saved it. Raises `Refused` where it cannot be read as one."""
    return read_draft_of_copies(
        document,
        revision,
        root_model=Protocol,
        build=lambda copies, root: draft_of_rows(
            _select_rows(copies, root), slug=document.slug, locale=document.locale
        ),
    )


def _select_rows(copies: Copies, root: Row) -> Rows:
    children = {
        name: [row for row in copies[model] if row["protocol_id"] == root["id"]]
        for name, model in CHILDREN.items()
    }
    scores = {row["id"] for row in children["scores"]}
    items = [row for row in copies[ScoreItem] if row["score_id"] in scores]
    return Rows(protocol=root, score_items=items, **children)
