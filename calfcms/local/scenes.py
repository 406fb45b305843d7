"""A document in each state, so that a newcomer to local mode can try everything.

The pages lie in `in_progress/<state>/`; each is taken as far as its folder says, by the people of
the demonstration, through the same actions as anybody's work.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.feedback.actions.receive_feedback import receive_feedback
from calfcms.feedback.actions.triage_feedback import triage_feedback
from calfcms.feedback.models import Kind, Severity
from calfcms.publishing.actions.comment import comment
from calfcms.publishing.actions.load_bundles import load_bundles
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.bundle_files import read_files
from calfcms.publishing.demonstration import (
    INTERESTS,
    get_demonstration_editor,
    publish_as_demonstration,
    refuse_outside_local_mode,
)
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Submission, Verb
from calfcms.publishing.policy import ChangeClass, Decision, Role

FOLDER: Final = Path(__file__).parent / "in_progress"
LONG_AGO: Final = timedelta(days=3 * 366 + 30)
"""Longer than any review interval."""
NEXT_WEEK: Final = timedelta(days=7)


def set_the_scene(*, at: datetime) -> Iterator[str]:
    """Make the document of each state that is not there yet; a line for each that was made."""
    refuse_outside_local_mode()
    for state, play in _SCENES.items():
        with transaction.atomic():
            if not _is_there(FOLDER / state):
                yield f"{state.replace('_', ' '):<18} {play(FOLDER / state, at)}"


def _play_draft(folder: Path, at: datetime) -> Document:
    return _load(folder, at)


def _play_in_review(folder: Path, at: datetime) -> Document:
    """Published once; then changed, also where it matters, and submitted."""
    document = _play_published(folder / "before", at)
    _load(folder / "after", at + timedelta(seconds=1))
    _submit(document, at + timedelta(seconds=2), "Rewords the warnings and adds a section")
    return document


def _play_published(folder: Path, at: datetime) -> Document:
    document = _load(folder, at)
    publish_as_demonstration(documents=[document], at=at)
    return document


def _play_changes_requested(folder: Path, at: datetime) -> Document:
    document = _load(folder, at)
    submitted = _submit(document, at, "First version")
    comment(
        document=document,
        part=f"sections/{_get_last_section(document)}",
        body="Please say when to see somebody, and name the source.",
        content_digest=submitted.content_digest,
        by=_get("demo-reviewer"),
        at=at,
    )
    _sign(submitted, at, Decision.CHANGES_REQUESTED, "See my remark on the last section.")
    return document


def _play_approved(folder: Path, at: datetime) -> Document:
    document = _load(folder, at)
    _sign(_submit(document, at, "First version"), at, Decision.APPROVED)
    return document


def _play_scheduled(folder: Path, at: datetime) -> Document:
    document = _play_approved(folder, at)
    schedule(
        document=document,
        verb=Verb.PUBLISH,
        due_at=at + NEXT_WEEK,
        by=_get("demo-publisher"),
        at=at,
    )
    return document


def _play_withdrawn(folder: Path, at: datetime) -> Document:
    document = _play_published(folder, at)
    withdraw(
        document=document,
        by=_get("demo-publisher"),
        at=at + timedelta(seconds=1),
        reason="It said too little about when to get help. A fuller page is being written.",
    )
    return document


def _play_overdue(folder: Path, at: datetime) -> Document:
    """Published so long ago that its review is overdue; readers have written about it since."""
    document = _play_published(folder, at - LONG_AGO)
    edition = document.editions.get()
    report = receive_feedback(
        edition=edition,
        part=_get_last_section(document),
        kind=Kind.ERROR,
        message="It does not say how long to rest. I rested for a year.",
        at=at,
    )
    editor = get_demonstration_editor()
    triage_feedback(feedback=report, severity=Severity.HIGH, owner=editor, by=editor, at=at)
    receive_feedback(
        edition=edition, part="", kind=Kind.OTHER, message="A picture would help.", at=at
    )
    return document


_SCENES: Final[dict[str, Callable[[Path, datetime], Document]]] = {
    "overdue": _play_overdue,
    "draft": _play_draft,
    "in_review": _play_in_review,
    "changes_requested": _play_changes_requested,
    "approved": _play_approved,
    "scheduled": _play_scheduled,
    "withdrawn": _play_withdrawn,
}


def _is_there(folder: Path) -> bool:
    first = read_files(min(folder.rglob("*.yaml")))[0]
    return first.kind.find_document(first.parsed) is not None


def _load(folder: Path, at: datetime) -> Document:
    (loaded,) = load_bundles(files=read_files(folder), by=get_demonstration_editor(), at=at)
    assert loaded.saved.document is not None  # noqa: S101 - every bundle of a scene is a page
    return loaded.saved.document


def _submit(document: Document, at: datetime, note: str) -> Submission:
    return submit(
        document=document,
        by=get_demonstration_editor(),
        at=at,
        change_class=ChangeClass.CLINICAL,
        note=note,
    )


def _sign(submitted: Submission, at: datetime, decision: Decision, said: str = "") -> None:
    sign_off(
        document=submitted.document,
        content_digest=submitted.content_digest,
        role=Role.CLINICAL,
        decision=decision,
        by=_get("demo-reviewer"),
        at=at,
        conflicts_of_interest=INTERESTS,
        comment=said,
    )


def _get_last_section(document: Document) -> str:
    content = get_kind(document.kind).read_content(document)
    part_id: str = content["sections"][-1]["id"]
    return part_id


def _get(username: str) -> User:
    return User.objects.get(username=username)
