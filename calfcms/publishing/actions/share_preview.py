"""Giving out a link by which somebody without an account may read a draft for some days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.digest import digest_of
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.previews import DEFAULT_DAYS, MAX_DAYS, PreviewLink, write_token
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right


@dataclass(frozen=True)
class SharedPreview:
    """The secret part of the link's address, and until when it works."""

    token: str
    expires_at: datetime


@transaction.atomic
def share_preview(
    *, document: Document, by: User, at: datetime, days: int = DEFAULT_DAYS
) -> SharedPreview:
    """Make a link to the draft, as it is whenever it is opened, that expires after so many days.

    Nothing is stored but the event: the link carries its own proof. Raises `Refused` when the
    right is missing, there is no draft, or the time is longer than links may live.
    """
    require_right(by, "invite")
    document = lock_document(document)
    if not 1 <= days <= MAX_DAYS:
        raise refuse(
            "preview_days",
            f"A preview link works for 1 to {MAX_DAYS} days, not for {days}.",
            "Choose fewer days; a new link can be made at any time.",
            "/days",
        )
    digest = _read_digest(document)
    link = PreviewLink(str(document.pk), (at + timedelta(days=days)).replace(microsecond=0))
    record_event(
        action="preview.shared",
        by=by,
        at=at,
        document=document,
        content_digest=digest,
        details={"expires_at": format_instant(link.expires_at)},
    )
    return SharedPreview(write_token(link), link.expires_at)


def _read_digest(document: Document) -> str:
    try:
        return digest_of(get_kind(document.kind).read_content(document))
    except LookupError:
        raise refuse(
            "no_draft",
            f"{document} has no draft to show.",
            "Restore one from its history first.",
        ) from None
