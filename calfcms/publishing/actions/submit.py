"""Asking for a review of what a draft says now."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.models import BreakGlass, Document, Submission
from calfcms.publishing.policy import ChangeClass
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.sources import DRAFT, read_source


@transaction.atomic
def submit(
    *, document: Document, by: User, at: datetime, change_class: ChangeClass, note: str
) -> Submission:
    """Request review of the draft's present digest, as a change of this class.

    Raises `Refused` when the right or the note is missing, or when the draft says what is live and
    signed already. Submitting the same digest again states the class and the note anew.
    """
    require_right(by, "submit")
    document = lock_document(document)
    digest = read_source(document, DRAFT).content_digest
    _refuse_pointless(document, digest, note)
    submission = Submission.objects.create(
        document=document,
        content_digest=digest,
        change_class=change_class,
        note=note,
        submitted_at=at,
        submitted_by=by,
    )
    record_event(
        action="draft.submitted",
        by=by,
        at=at,
        document=document,
        content_digest=digest,
        details={"change_class": change_class, "note": note},
    )
    return submission


def _refuse_pointless(document: Document, digest: str, note: str) -> None:
    if not note.strip():
        raise refuse(
            "change_note_missing",
            "The change has no note.",
            "Say in a sentence what changed and why; readers see it in the history.",
            "/note",
        )
    live = get_live_edition(document)
    is_signed = live is not None and not BreakGlass.objects.filter(edition=live).exists()
    if live and is_signed and live.content_digest == digest:
        raise refuse(
            "nothing_changed",
            f"The draft says what edition {live.number} says.",
            "Change the draft first; there is nothing to review.",
        )
