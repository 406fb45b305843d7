"""Saving a draft: the whole aggregate, in one revision, with its event."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reversion
from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Kind, get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.rights import require_right

DRAFT_SAVED = "draft.saved"


@dataclass(frozen=True)
class SavedDraft:
    """The document that was saved, and whether the save changed anything."""

    document: Document
    changed: bool


@transaction.atomic
def save_draft(
    *,
    kind: str,
    slug: str,
    locale: str,
    draft: Any,
    by: User,
    at: datetime,
    comment: str = "",
) -> SavedDraft:
    """Make the draft at this address say what `draft` says; the first save makes the document.

    A save that changes nothing writes nothing: no revision, no event.
    Raises `Refused` where the right is missing or the draft names a shared row that is not there.
    """
    require_right(by, "edit_draft")
    document = _get_or_create_document(kind=kind, slug=slug, locale=locale, by=by, at=at)
    content_kind = get_kind(kind)
    if content_kind.read_draft(document) == draft:
        return SavedDraft(document, changed=False)
    _write_revision(content_kind, document, draft, by=by, at=at, comment=comment)
    record_event(
        action=DRAFT_SAVED,
        by=by,
        at=at,
        document=document,
        content_digest=digest_of(content_kind.read_content(document)),
        details={"comment": comment} if comment else {},
    )
    return SavedDraft(document, changed=True)


def _get_or_create_document(
    *, kind: str, slug: str, locale: str, by: User, at: datetime
) -> Document:
    translation = Document.objects.filter(kind=kind, slug=slug).first()
    document, _ = Document.objects.get_or_create(
        kind=kind,
        slug=slug,
        locale=locale,
        defaults={
            "content_id": translation.content_id if translation else uuid.uuid4(),
            "created_at": at,
            "created_by": by,
        },
    )
    return lock_document(document)


def _write_revision(
    kind: Kind, document: Document, draft: Any, *, by: User, at: datetime, comment: str
) -> None:
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_date_created(at)
        reversion.set_comment(comment)
        kind.write_rows(document, draft)
