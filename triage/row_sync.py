"""Making a document's rows say what a protocol's draft says."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models

from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from calfcms.publishing.row_sync import Values, index_rows, set_columns, sync_rows
from conditions.models import Publisher
from conditions.selectors import list_missing_rows
from triage.definition import ProtocolDraft
from triage.models import CaseSet, Cause, Finding, Protocol, Rule, Score, ScoreItem
from triage.rows import (
    case_set_values,
    cause_values,
    finding_values,
    protocol_values,
    rule_values,
    score_item_values,
    score_values,
)


def write_rows(document: Document, draft: ProtocolDraft) -> None:
    """Make the document's rows say what the draft says. Call it inside a revision.

    Raises `Refused` where the draft names a publisher that does not exist.
    """
    if (draft.slug, draft.locale) != (document.slug, document.locale):
        raise ValueError(f"{document} cannot have the draft of {draft.slug} ({draft.locale}).")
    if problems := list_missing_rows(Publisher, "slug", [("/publisher", draft.publisher)]):
        raise Refused(problems)
    root = Protocol.objects.filter(document=document).first() or Protocol(document=document)
    set_columns(root, protocol_values(draft))
    root.save()
    _sync_parts(root, Finding, ((part.id, finding_values(part)) for part in draft.findings))
    _sync_parts(root, Rule, ((part.id, rule_values(part)) for part in draft.rules))
    _sync_parts(root, Cause, ((part.id, cause_values(part)) for part in draft.causes))
    _sync_parts(root, CaseSet, ((part.id, case_set_values(part)) for part in draft.case_sets))
    _write_scores(root, draft)
    root.save()  # again, so that the revision follows it to the parts as they are now


def _write_scores(root: Protocol, draft: ProtocolDraft) -> None:
    rows = _sync_parts(root, Score, ((score.id, score_values(score)) for score in draft.scores))
    for score in draft.scores:
        row = rows[score.id]
        items = [(item.id, {"part_id": item.id, **score_item_values(item)}) for item in score.items]
        sync_rows(index_rows(row.items.all(), "part_id"), items, partial(ScoreItem, score=row))


def _sync_parts(
    root: Protocol, model: type[models.Model], wanted: Iterable[tuple[str, Values]]
) -> dict[Any, Any]:
    rows = index_rows(model._default_manager.filter(protocol=root), "part_id")
    identified = [(part_id, {"part_id": part_id, **values}) for part_id, values in wanted]
    return sync_rows(rows, identified, partial(model, protocol=root))
