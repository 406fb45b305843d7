"""Discarding a draft: it goes from the lists of work; its history stays, and brings it back."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.save_draft import DRAFT_SAVED
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Event, Schedule, Standing, Verb
from calfcms.publishing.problem import Problem, Refused, refuse
from calfcms.publishing.rights import require_right
from calfcms.publishing.standings import get_standing
from calfcms.publishing.workflow import State

DRAFT_DISCARDED: Final = "draft.discarded"

_WHAT_FIRST: Final = {
    Verb.PUBLISH: "Cancel the plan first.",
    Verb.LAPSE: "Readers get it unsigned: have it signed and published first.",
}
"""The plans that rest on a draft."""


@transaction.atomic
def discard_draft(*, document: Document, by: User, at: datetime, reason: str) -> Event:
    """Remove the document's draft. What is published stays, and so does every revision.

    Restoring the revision that the event names brings the draft back. Raises `Refused`, with every
    reason, where the right, the draft or a reason is missing, or somebody waits for this draft.
    """
    require_right(by, "edit_draft")
    document = lock_document(document)
    standing = get_standing(document)
    if standing is None:
        raise refuse("no_draft", f"{document} has no draft.", "There is nothing to discard.")
    if problems := _list_problems(standing, reason):
        raise Refused(problems)
    Standing.objects.filter(document=document).delete()
    get_kind(document.kind).delete_rows(document)
    return record_event(
        action=DRAFT_DISCARDED,
        by=by,
        at=at,
        document=document,
        content_digest=standing.content_digest,
        details={"reason": reason.strip(), "revision": get_last_revision_id(document)},
    )


def get_last_revision_id(document: Document) -> int | None:
    """The key of the revision that the draft's last save made; None where the log names none."""
    saved = Event.objects.filter(document_id=document.pk, action=DRAFT_SAVED).order_by("-seq")
    event = saved.first()
    return event.details.get("revision") if event else None


def _list_problems(standing: Standing, reason: str) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(
            Problem(
                "reason_missing",
                "Discarding a draft needs a reason.",
                "Say in a sentence why; the history shows it.",
                "/reason",
            )
        )
    if standing.state == State.IN_REVIEW:  # type: ignore[attr-defined]
        problems.append(
            Problem(
                "draft_in_review",
                "A reviewer has been asked to look at this draft.",
                "Wait for the decision, or change the draft, which takes the request back.",
            )
        )
    return problems + [
        Problem(
            "draft_scheduled",
            f"“{plan.verb}” of this draft is due on {plan.due_at:%Y-%m-%d at %H:%M} UTC.",
            _WHAT_FIRST[Verb(plan.verb)],
        )
        for plan in _list_plans(standing.document)
    ]


def _list_plans(document: Document) -> list[Schedule]:
    plans = Schedule.objects.filter(document=document, ended_at=None, verb__in=_WHAT_FIRST)
    return list(plans.order_by("due_at"))
