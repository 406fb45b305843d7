"""Published protocols, compiled: read by the same query as any edition, cached by digest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from calfcms.publishing.models import LivePeriod
from calfcms.publishing.reading import Address, StoredRendition, get_rendition
from triage.compilation import compile_definition
from triage.content import KIND
from triage.core.protocol import Protocol
from triage.parsing import Reader
from triage.question import LivePage

MAX_COMPILED = 64
"""Editions kept compiled in a process: the live ones, and some that are being replayed."""


@dataclass(frozen=True)
class PublishedProtocol:
    """An edition of a protocol, ready to evaluate."""

    edition: int
    digest: str
    locale: str
    protocol: Protocol
    references: Mapping[str, Mapping[str, Any]]
    findings: Sequence[Mapping[str, Any]]
    disclaimer: str
    source_locale: str | None
    """The locale that it is translated from; None where it was written first."""

    @cached_property
    def reader(self) -> Reader:
        """Reads free text; made when the edition is first asked to."""
        return Reader(self.findings)


def find_protocol(address: Address, *, at: datetime) -> PublishedProtocol | None:
    """The published protocol at that address, in one query; None where there is none."""
    found = find_stored_protocol(address, at=at)
    return found[0] if found else None


def find_stored_protocol(
    address: Address, *, at: datetime
) -> tuple[PublishedProtocol, StoredRendition] | None:
    """The same, with what became of that edition since: overdue, recalled, left behind."""
    found = get_rendition(address, at=at)
    if found is None or found.content is None:
        return None
    return compile_edition(found.digest, found.content), found


@lru_cache(maxsize=MAX_COMPILED)
def compile_edition(_digest: str, content: bytes) -> PublishedProtocol:
    """The edition in these bytes; they are looked up by their digest."""
    edition = json.loads(content)
    translation = edition.get("translation")
    return PublishedProtocol(
        edition=edition["edition"],
        digest=edition["digest"],
        locale=edition["locale"],
        protocol=compile_definition(edition),
        references={reference["id"]: reference for reference in edition["references"]},
        findings=edition["findings"],
        disclaimer=edition["disclaimer"],
        source_locale=translation["of"]["locale"] if translation else None,
    )


def get_address(slug: str, locales: tuple[str, ...], **moment: Any) -> Address:
    """Where a protocol's JSON is; `as_of` or `number` for the past."""
    return Address(kind=KIND, slug=slug, locales=locales, format="json", **moment)


def list_live_pages(published: PublishedProtocol) -> tuple[LivePage, ...]:
    """The live editions of the pages that a protocol answers for, in the protocol's order.

    A translation names the page of its source where there is none in its own language.
    """
    locales = [one for one in (published.locale, published.source_locale) if one]
    rows = LivePeriod.objects.filter(
        ended_at=None,
        document__kind="condition",
        document__slug__in=published.protocol.conditions,
        document__locale__in=locales,
    ).values_list("document__slug", "document__locale", "edition__number")
    numbers = {(slug, locale): number for slug, locale, number in rows}
    return tuple(
        LivePage(slug, locale, numbers[slug, locale])
        for slug in published.protocol.conditions
        if (locale := next((one for one in locales if (slug, one) in numbers), None))
    )
