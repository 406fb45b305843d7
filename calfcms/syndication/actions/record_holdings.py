"""Keeping count of which key was sent which edition."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from calfcms.publishing.deliveries import Delivered
from calfcms.publishing.models import Edition

Fetched = tuple[int, Delivered]
"""A key, by its number, and an edition that it was sent."""


@transaction.atomic
def record_holdings(*, fetched: Mapping[Fetched, datetime]) -> None:
    """Write that these keys were sent these editions at these moments: first, or once more.

    Whatever comes late sets nothing back. No event: the audit log is for what people with accounts
    do, and must not grow with every reader.
    """
    rows = sorted(_list_rows(fetched))  # in one order, so that two processes cannot deadlock
    if not rows:
        return
    values = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(values=values), [value for row in rows for value in row])


_UPSERT = (
    "INSERT INTO syndication_holding AS h "
    "(key_id, edition_id, first_fetched_at, last_fetched_at) VALUES {values} "
    "ON CONFLICT (key_id, edition_id) DO UPDATE SET "
    "first_fetched_at = CASE WHEN excluded.first_fetched_at < h.first_fetched_at "
    "THEN excluded.first_fetched_at ELSE h.first_fetched_at END, "
    "last_fetched_at = CASE WHEN excluded.last_fetched_at > h.last_fetched_at "
    "THEN excluded.last_fetched_at ELSE h.last_fetched_at END"
)


def _list_rows(fetched: Mapping[Fetched, datetime]) -> Iterator[tuple[Any, ...]]:
    keys = _find_editions({delivered for _, delivered in fetched})
    for (key_id, delivered), at in fetched.items():
        if delivered in keys:
            moment = connection.ops.adapt_datetimefield_value(at)
            yield key_id, keys[delivered], moment, moment


def _find_editions(wanted: set[Delivered]) -> dict[Delivered, int]:
    found = Edition.objects.filter(reduce(or_, map(_match, wanted), Q(pk__in=[])))
    columns = ("document__kind", "document__slug", "document__locale", "number")
    return {Delivered(*rest): pk for pk, *rest in found.values_list("pk", *columns)}


def _match(edition: Delivered) -> Q:
    return Q(
        document__kind=edition.kind,
        document__slug=edition.slug,
        document__locale=edition.locale,
        number=edition.number,
    )
