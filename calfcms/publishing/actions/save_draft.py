"""Saving a draft: the whole aggregate, in one revision, with its event."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import reversion
from django.contrib.auth.models import User
from django.db import transaction
from reversion.models import Revision

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.refresh_standing import refresh_standing
from calfcms.publishing.kinds import Kind, get_kind
from calfcms.publishing.models import Document, Standing
from calfcms.publishing.naming import name_person
from calfcms.publishing.problem import Refused, refuse
from calfcms.publishing.rights import require_right

DRAFT_SAVED = "draft.saved"
ANY_BASE: Final = object()


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
    base: Any = ANY_BASE,
) -> SavedDraft:
    """Make the draft at this address say what `draft` says; the first save makes the document.

    `base` is the draft that the author started from, None where there was none: the save is refused
    (`draft_changed`) when somebody else saved in between. Without it the last save wins.
    A save that changes nothing writes nothing: no revision, no event.
    Raises `Refused` where the right is missing or the draft names a shared row that is not there.
    """
    require_right(by, "edit_draft")
    document = _get_or_create_document(kind=kind, slug=slug, locale=locale, by=by, at=at)
    content_kind = get_kind(kind)
    current = content_kind.read_draft(document)
    if current == draft:
        return SavedDraft(document, changed=False)
    if base is not ANY_BASE and base != current:
        raise _refuse_stale_base(document)
    revision = _write_revision(content_kind, document, draft, by=by, at=at, comment=comment)
    standing = refresh_standing(document, saved_by=by, saved_at=at)
    record_event(
        action=DRAFT_SAVED,
        by=by,
        at=at,
        document=document,
        content_digest=standing.content_digest,
        details={"revision": revision.pk} | ({"comment": comment} if comment else {}),
    )
    return SavedDraft(document, changed=True)


def _refuse_stale_base(document: Document) -> Refused:
    standing = Standing.objects.select_related("saved_by").filter(document=document).first()
    if standing is None:
        return refuse(
            "draft_gone",
            "The draft was discarded while you were writing.",
            "Nothing of yours is lost: bring the draft back from its page, and save again.",
        )
    return refuse(
        "draft_changed",
        f"{name_person(standing.saved_by)} saved this draft while you were writing.",
        "Nothing of yours is lost: look at what changed, take over what you want, save again.",
    )


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
) -> Revision:
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_date_created(at)
        reversion.set_comment(comment)
        kind.write_rows(document, draft)
    return Revision.objects.filter(user=by, date_created=at).latest("pk")
