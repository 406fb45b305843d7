"""Translations as publishing knows them: each edition of one names the edition that it translates.

A translation is stale while what it translates is not what readers of the source get. That is kept
with the time in which it is live, so that the past can be told as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calfcms.publishing.models import Document, Edition, LivePeriod, Recall


@dataclass(frozen=True)
class Pin:
    """An edition of the same kind and slug in another locale."""

    locale: str
    number: int

    def __str__(self) -> str:
        return f"{self.locale}/{self.number}"


def read_pin(content: dict[str, Any]) -> Pin | None:
    """The edition that a content says to translate; None where it was written first."""
    source = content.get("translation_of")
    return Pin(source["locale"], source["edition"]) if source else None


def parse_pin(written: str) -> Pin:
    """The pin from how editions keep it."""
    locale, _, number = written.rpartition("/")
    return Pin(locale, int(number))


def get_pin(edition: Edition) -> Pin | None:
    """The edition that an edition translates; None where it was written first."""
    return parse_pin(edition.translates) if edition.translates else None


def find_source(document: Document, pin: Pin) -> Document | None:
    """The document that this one translates; None where it was never made."""
    return Document.objects.filter(
        kind=document.kind, slug=document.slug, locale=pin.locale
    ).first()


def get_live_number(document: Document | None) -> int | None:
    """The number of the edition that readers get; None where nothing is live."""
    live = LivePeriod.objects.filter(document=document, ended_at=None)
    return live.values_list("edition__number", flat=True).first() if document else None


def is_number_recalled(document: Document, number: int) -> bool:
    """Whether that edition of the document was called back."""
    return Recall.objects.filter(document=document, edition__number=number).exists()


def list_live_translations(document: Document) -> Iterator[tuple[LivePeriod, Pin]]:
    """What is live and translates an edition of this document, and which."""
    live = LivePeriod.objects.filter(
        ended_at=None, document__kind=document.kind, document__slug=document.slug
    )
    translations = live.exclude(edition__translates=None).select_related("document", "edition")
    for period in translations.order_by("document__locale"):
        pin = get_pin(period.edition)
        if pin and pin.locale == document.locale:
            yield period, pin
