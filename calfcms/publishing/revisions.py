"""Reading the draft that a revision saved, from its own copies: nothing is reverted to read it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models
from pydantic import ValidationError
from reversion.errors import RevertError
from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.problem import refuse

Draft = TypeVar("Draft")
Row = Mapping[str, Any]
Copies = Mapping[Any, list[Row]]
"""The copies of rows that a revision holds, by model."""


def read_draft_of_copies(
    document: Document,
    revision: Revision,
    *,
    root_model: type[models.Model],
    build: Callable[[Copies, Row], Draft],
) -> Draft:
    """The draft that a revision saved, built from its copies and that of the draft's root row.

    Raises `Refused` where the revision is of another document, or older than today's rules allow.
    """
    copies = _read_copies(revision)
    root = next((r for r in copies[root_model] if r["document_id"] == document.pk), None)
    if root is None:
        raise refuse(
            "revision_of_another_document",
            f"Revision {revision.pk} did not save {document}.",
            "Choose one of this document's own revisions.",
        )
    try:
        return build(copies, root)
    except ValidationError as error:
        raise refuse(
            "revision_does_not_fit",
            f"Revision {revision.pk} says what a draft cannot say today: {error}",
            "Restore from an edition, or write the draft anew.",
        ) from error


def _read_copies(revision: Revision) -> Copies:
    copies: dict[Any, list[Row]] = defaultdict(list)
    for version in revision.version_set.all():
        model = version._model  # None where the table is gone
        try:
            if model is not None:
                copies[model].append(version.field_dict)
        except (RevertError, LookupError) as error:
            raise refuse(
                "revision_unreadable",
                f"Revision {revision.pk} holds rows of an older form: {error}",
                "Restore from an edition instead.",
            ) from error
    return copies
