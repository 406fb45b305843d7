"""Drafts as the database holds them: from the rows of today, and from the copies in a revision."""

from collections.abc import Mapping

from django.db import models
from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.revisions import Copies, read_draft_of_copies
from conditions.draft import ConditionDraft
from conditions.models import (
    Cause,
    Condition,
    ConditionCode,
    ConditionTopic,
    Contributor,
    Faq,
    Figure,
    RedFlag,
    RedFlagReference,
    Section,
)
from conditions.rows import Row, Rows, draft_of_rows

CHILDREN: Mapping[str, type[models.Model]] = {
    "topics": ConditionTopic,
    "codes": ConditionCode,
    "contributors": Contributor,
    "sections": Section,
    "causes": Cause,
    "red_flags": RedFlag,
    "faqs": Faq,
    "figures": Figure,
}
"""The tables that belong to a condition, by their name in `Rows`."""


def read_draft(document: Document) -> ConditionDraft | None:
    """The draft in the document's rows, in ten queries; None where it has no rows yet."""
    root = Condition.objects.filter(document=document).values().first()
    if root is None:
        return None
    links = RedFlagReference.objects.filter(red_flag__condition=root["id"]).order_by()
    rows = Rows(
        condition=root,
        red_flag_references=list(links.values()),
        **{name: _list_values(model, root["id"]) for name, model in CHILDREN.items()},
    )
    return draft_of_rows(rows, slug=document.slug, locale=document.locale)


def _list_values(model: type[models.Model], condition_id: int) -> list[Row]:
    return list(model._default_manager.filter(condition=condition_id).order_by().values())


def read_draft_of_revision(document: Document, revision: Revision) -> ConditionDraft:
    """The draft as that revision saved it. Raises `Refused` where it cannot be read as one."""
    return read_draft_of_copies(
        document,
        revision,
        root_model=Condition,
        build=lambda copies, root: draft_of_rows(
            _select_rows(copies, root), slug=document.slug, locale=document.locale
        ),
    )


def _select_rows(copies: Copies, root: Row) -> Rows:
    children = {
        name: [row for row in copies[model] if row["condition_id"] == root["id"]]
        for name, model in CHILDREN.items()
    }
    flags = {row["id"] for row in children["red_flags"]}
    links = [row for row in copies[RedFlagReference] if row["red_flag_id"] in flags]
    return Rows(condition=root, red_flag_references=links, **children)
