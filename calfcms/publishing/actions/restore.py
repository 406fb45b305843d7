"""Restoring: what an old edition or revision said becomes the draft again."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from reversion.models import Revision

from calfcms.publishing.actions.save_draft import SavedDraft, save_draft
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.problem import refuse


def restore(
    *, source: Edition | Revision, document: Document, by: User, at: datetime
) -> SavedDraft:
    """Make an old edition or revision of this document its draft: a new save like any other.

    Nothing is published and nothing in the history changes: what was restored needs its own
    sign-off unless its digest still has one. Raises `Refused` where the source is another
    document's, or the person may not write drafts.
    """
    return save_draft(
        kind=document.kind,
        slug=document.slug,
        locale=document.locale,
        draft=_read_source(source, document),
        by=by,
        at=at,
        comment=_describe(source),
    )


def _read_source(source: Edition | Revision, document: Document) -> Any:
    kind = get_kind(document.kind)
    if isinstance(source, Revision):
        return kind.draft_of_revision(document, source)
    if source.document_id != document.pk:
        raise refuse(
            "edition_of_another_document",
            f"{source} is not an edition of {document}.",
            "Choose one of this document's own editions.",
        )
    return kind.draft_of_content(source.read_content())


def _describe(source: Edition | Revision) -> str:
    if isinstance(source, Revision):
        return f"Restored from the revision of {source.date_created.isoformat()}"
    return f"Restored from edition {source.number}"
