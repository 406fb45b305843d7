"""Facets: the values that lists find an edition by, written when it is published.

Those of every edition are kept for ever (`Facet`). Lists of what is live walk a copy that has only
those of live editions, in the order of the list (`LiveFacet`): so a list costs the same whatever
there is besides.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from calfcms.publishing.models import Document, Edition, Facet, LiveFacet, LivePeriod

MAX_LENGTH: Final = 255
ALL: Final = ("all", "")
"""What every live document is under."""
LOCALE: Final = "locale"


def fit_value(value: str) -> str:
    """The value as it is stored and looked for: one that is too long ends in its digest."""
    if len(value) <= MAX_LENGTH:
        return value
    digest = hashlib.sha256(value.encode()).hexdigest()
    return value[: MAX_LENGTH - len(digest)] + digest


def store_facets(edition: Edition, facets: Iterable[tuple[str, str]]) -> None:
    """Write the facets of an edition that has none yet, each once."""
    distinct = dict.fromkeys((name, fit_value(value)) for name, value in facets)
    Facet.objects.bulk_create(
        Facet(edition=edition, name=name, value=value) for name, value in distinct
    )


def follow_live_edition(document: Document, edition: Edition | None, *, at: datetime) -> None:  # noqa: ARG001
    """Have lists find a document by what is live of it now; told of every change of that."""
    LiveFacet.objects.filter(period__document=document).delete()
    if edition is None:
        return
    period = LivePeriod.objects.get(document=document, ended_at=None)
    LiveFacet.objects.bulk_create(list_live_facets(period, document))


def list_live_facets(period: LivePeriod, document: Document) -> list[LiveFacet]:
    """The rows for a period that is open, not yet written."""
    own = Facet.objects.filter(edition=period.edition_id).values_list("name", "value")
    return [
        LiveFacet(
            period=period, kind=document.kind, name=name, value=value, started_at=period.started_at
        )
        for name, value in (ALL, (LOCALE, document.locale), *own)
    ]
