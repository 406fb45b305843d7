"""What readers would get: the edition that a draft would become, or the one that is live.

Nothing here writes. A preview is built by the functions that publishing uses, so that nobody
approves a page that differs from the one that is published.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer

from calfcms.publishing.candidate import (
    Candidate,
    get_review_dates,
    list_sign_off_members,
    read_candidate,
)
from calfcms.publishing.edition_json import build_edition_json, build_review
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document, Rendition
from calfcms.publishing.policy import Decision
from calfcms.publishing.selectors import get_decision, get_live_edition

DEFAULT_DAYS = 7
MAX_DAYS = 30
_SIGNER = Signer(salt="calfcms.preview", sep=".")


@dataclass(frozen=True)
class Preview:
    """A page before, or as, readers see it. `html` is None for kinds that have no HTML."""

    document: Document
    edition: dict[str, Any]
    html: str | None
    is_draft: bool
    is_signed: bool
    """Whether exactly this has the sign-off that it needs."""
    is_live: bool
    """Whether readers get exactly this content now."""


def build_draft_preview(document: Document, *, at: datetime) -> Preview | None:
    """The edition that publishing the draft at that moment would make; None without a draft.

    It shows the sign-offs that there are. Without the one that is needed it has no review dates:
    a preview that is passed on must not claim a review that never was.
    """
    try:
        candidate = read_candidate(document, at=at)
    except LookupError:
        return None
    is_signed = get_decision(candidate.sign_offs) == Decision.APPROVED
    library = LibraryOfEditions(pending=[candidate.content])
    edition = build_edition_json(
        kind=document.kind,
        content_id=str(document.content_id),
        slug=document.slug,
        locale=document.locale,
        number=candidate.last.number + 1 if candidate.last else 1,
        content_digest=candidate.content_digest,
        published_at=at,
        change_class=candidate.change_class,
        change_note=candidate.submission.note if candidate.submission else "",
        described=candidate.kind.describe(candidate.content, library),
        review=_build_review(candidate, is_signed=is_signed),
    )
    html = candidate.kind.render(edition, candidate.content).get("html")
    return Preview(
        document,
        edition,
        html.decode() if html else None,
        is_draft=True,
        is_signed=is_signed,
        is_live=bool(candidate.live and candidate.live.content_digest == candidate.content_digest),
    )


def _build_review(candidate: Candidate, *, is_signed: bool) -> dict[str, Any]:
    if not is_signed:
        return {"last_reviewed": None, "next_review_due": None, "sign_offs": []}
    try:
        last_reviewed_on, next_review_due_on = get_review_dates(candidate)
    except LookupError:  # no interval is set; publishing refuses that
        return {"last_reviewed": None, "next_review_due": None, "sign_offs": []}
    return build_review(
        last_reviewed_on=last_reviewed_on,
        next_review_due_on=next_review_due_on,
        sign_offs=list_sign_off_members(candidate),
    )


def read_live_preview(document: Document) -> Preview | None:
    """The live edition, as it was stored; None where nothing is published."""
    live = get_live_edition(document)
    if live is None:
        return None
    wanted = Rendition.objects.filter(edition=live, format__in=("json", "html"))
    bodies = {rendition.format: bytes(rendition.body).decode() for rendition in wanted}
    edition = json.loads(bodies["json"])
    return Preview(
        document,
        edition,
        bodies.get("html"),
        is_draft=False,
        is_signed=bool(edition["review"]["sign_offs"]),
        is_live=True,
    )


@dataclass(frozen=True)
class PreviewLink:
    """What a preview's token says: which document's draft, and until when."""

    document_id: str
    expires_at: datetime

    def is_expired(self, *, at: datetime) -> bool:
        """Whether the link works no more."""
        return at >= self.expires_at


def write_token(link: PreviewLink) -> str:
    """The link, signed with the secret key: it can be neither guessed nor changed."""
    seconds = int(link.expires_at.timestamp())
    return _SIGNER.sign_object([link.document_id, seconds])


def read_token(token: str) -> PreviewLink | None:
    """What the token says; None where this deployment has not signed it."""
    try:
        document_id, seconds = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return PreviewLink(document_id, datetime.fromtimestamp(seconds, UTC))


def get_linked_document(link: PreviewLink) -> Document | None:
    """The document that the link is for; None where it is gone."""
    return Document.objects.filter(pk=link.document_id).first()
