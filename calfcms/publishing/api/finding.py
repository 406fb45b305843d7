"""Finding what a reader asks for, or saying why it is not there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from calfcms.api.locales import list_accepted_locales
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.memento import Moment, find_first_moment
from calfcms.publishing.kinds import Kind
from calfcms.publishing.overdue_reading import get_marked_rendition
from calfcms.publishing.reading import Address, StoredRendition


def find_live(
    kind: type[Kind],
    address: Address,
    moment: Moment,
    *,
    at: datetime,
    held: Sequence[str] = (),
) -> StoredRendition:
    """What is live, or was at that moment, in one query; raises the 404 or 410 else.

    Before anything was there, `Accept-Datetime` finds what came first, as RFC 7089 (4.5.3) has it.
    """
    found = get_marked_rendition(address, at=at, held=held)
    if found is None and moment.is_negotiated and (first := find_first_moment(address)):
        found = get_marked_rendition(replace(address, as_of=first), at=at, held=held)
    if found is None:
        raise explain_absence(kind, address.slug, locales=address.locales, as_of=address.as_of)
    return found


def list_locales(request: HttpRequest, locale: str | None) -> tuple[str, ...]:
    """The locale that was named, else those that the reader accepts, then the default."""
    if locale is not None:
        return (locale,)
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE")
    if not accepted:
        return (settings.CALFCMS_DEFAULT_LOCALE,)
    return list_accepted_locales(accepted, settings.CALFCMS_DEFAULT_LOCALE)
