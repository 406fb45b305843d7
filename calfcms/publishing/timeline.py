"""The history of a document: its events, newest first, a page at a time."""

from dataclasses import dataclass
from typing import Final

from calfcms.publishing.models import Document, Event
from calfcms.publishing.narration import Narration, narrate

PAGE_SIZE: Final = 50
"""Events on a page."""


@dataclass(frozen=True)
class Moment:
    """One event of a document, and where it can be read again what the document said then."""

    event: Event
    narration: Narration
    source: str
    """`revision:812`, `edition:3`, or empty where the event made neither."""
    source_title: str


@dataclass(frozen=True)
class TimelinePage:
    """A page of the history."""

    moments: list[Moment]
    older: int | None
    """The cursor of the next page: events before this number. None on the last."""


def read_timeline(document: Document, *, before: int | None = None) -> TimelinePage:
    """The events of a document before that number, in one query."""
    events = Event.objects.filter(document_id=document.pk).order_by("-seq")
    if before is not None:
        events = events.filter(seq__lt=before)
    rows = list(events[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return TimelinePage(
        moments=[_make_moment(event) for event in shown],
        older=shown[-1].seq if len(rows) > PAGE_SIZE else None,
    )


def _make_moment(event: Event) -> Moment:
    source, title = _name_source(event)
    return Moment(event=event, narration=narrate(event), source=source, source_title=title)


def _name_source(event: Event) -> tuple[str, str]:
    revision = event.details.get("revision")
    if event.action in ("draft.saved", "draft.discarded") and isinstance(revision, int):
        return f"revision:{revision}", f"revision {revision}"
    if event.action == "edition.published" and event.edition:
        return f"edition:{event.edition}", f"edition {event.edition}"
    return "", ""
