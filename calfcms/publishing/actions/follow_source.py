"""Keeping translations marked that their source has left behind, as it changes for its readers.

Called inside the transaction that changes what is live. All locales of a slug are locked together
(`locks`), so no translation can go live unseen meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User

from calfcms.publishing.actions.close_period import close_period
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.live_changes import tell_followers
from calfcms.publishing.models import Document, Edition, Ending, LivePeriod
from calfcms.publishing.translations import (
    Pin,
    find_source,
    get_live_number,
    get_pin,
    is_number_recalled,
    list_live_translations,
)

BACK: Final = "Readers of its source get an edition again that they did not get meanwhile."


@dataclass(frozen=True)
class Marks:
    """What marks a live translation: columns of its live period."""

    source_moved_at: datetime | None = None
    source_withdrawn_at: datetime | None = None


def open_period(edition: Edition, *, by: User, at: datetime) -> None:
    """Begin a time in which this edition is live; it may be behind its source from the start."""
    pin = get_pin(edition)
    source = find_source(edition.document, pin) if pin else None
    live = get_live_number(source)
    marks = _choose_marks(source, pin, live, at) if source and pin else Marks()
    _create_period(edition, marks, by=by, at=at)


def follow_source(document: Document, live: Edition | None, *, by: User, at: datetime) -> None:
    """Mark the live translations of a document whose readers now get this edition, or nothing.

    An edition that is called back has to be followed too, whether it was live or not.
    """
    number = live.number if live else None
    for period, pin in list_live_translations(document):
        marks = _choose_marks(document, pin, number, at)
        if _says_too_much(period, marks):
            _begin_anew(period, marks, by=by, at=at)
        elif not _add(period, marks):
            continue
        _record(period, pin, number, by=by, at=at)


def _choose_marks(source: Document, pin: Pin, live: int | None, at: datetime) -> Marks:
    is_gone = live is None or is_number_recalled(source, pin.number)
    return Marks(
        source_moved_at=None if pin.number == live else at,
        source_withdrawn_at=at if is_gone else None,
    )


def _says_too_much(period: LivePeriod, marks: Marks) -> bool:
    """Whether readers were told something of the source that is not so any more."""
    return any(getattr(period, name) and not value for name, value in vars(marks).items())


def _add(period: LivePeriod, marks: Marks) -> bool:
    """Set what is not set yet; whether there was anything."""
    new = {n: value for n, value in vars(marks).items() if value and not getattr(period, n)}
    return bool(new and LivePeriod.objects.filter(pk=period.pk).update(**new))


def _begin_anew(period: LivePeriod, marks: Marks, *, by: User, at: datetime) -> None:
    """End the period and begin another of the same edition: what was said stays as it was said."""
    moved_at = period.source_moved_at if marks.source_moved_at else None
    close_period(period, by=by, at=at, ending=Ending.SUPERSEDED, reason=BACK)
    _create_period(period.edition, Marks(moved_at, marks.source_withdrawn_at), by=by, at=at)
    tell_followers(period.document, period.edition, at=at)


def _create_period(edition: Edition, marks: Marks, *, by: User, at: datetime) -> None:
    LivePeriod.objects.create(
        document=edition.document, edition=edition, started_at=at, started_by=by, **vars(marks)
    )


def _record(period: LivePeriod, pin: Pin, live: int | None, *, by: User, at: datetime) -> None:
    record_event(
        action="translation.current" if pin.number == live else "translation.stale",
        by=by,
        at=at,
        document=period.document,
        content_digest=period.edition.content_digest,
        edition=period.edition.number,
        details={"source": str(pin), "live": live},
    )
