"""Indexing what the index lacks: what was live before this app came, or before words were analysed
as they are now; and the whole index anew."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from calfcms.publishing.actions.locks import lock_documents
from calfcms.publishing.models import Document, LivePeriod
from calfcms.search.actions.index import forget_document, index_period, raise_version
from calfcms.search.fulltext import TABLE
from calfcms.search.languages import ANALYSIS
from calfcms.search.models import Collection, Entry, EntryText, VocabularyWord

BATCH: Final = 20
"""Documents indexed in one transaction: publishing waits no longer than that takes."""


def fill_index(*, most: int | None = None) -> Iterator[int]:
    """Index what is missing or analysed otherwise, and forget what is live no more, in batches.

    Yields how many documents each batch was, so that the caller can tell or stop.
    """
    done = 0
    while most is None or done < most:
        count = _fill_batch() or _forget_batch()
        if not count:
            return
        done += count
        yield count


@transaction.atomic
def rebuild_index() -> int:
    """Throw the index away and make it anew, in one transaction; how many documents it has.

    Words are kept, with no document, so that processes learn which have gone.
    """
    version = raise_version()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 - a constant
    EntryText.objects.all().delete()
    Entry.objects.all().delete()
    Collection.objects.update(documents=0)
    VocabularyWord.objects.exclude(documents=0).update(documents=0, changed_in=version)
    periods = _list_live().iterator(chunk_size=BATCH)
    for period in periods:
        index_period(period)
    return Entry.objects.count()


class _Rounds:
    """Whether this worker has found nothing missing: what goes live later indexes itself."""

    is_done = False


def fill_in_rounds(*, at: datetime) -> int:  # noqa: ARG001
    """A duty of the worker: one batch each round, until there is nothing more."""
    if _Rounds.is_done:
        return 0
    count = sum(fill_index(most=1))
    _Rounds.is_done = not count
    return count


def _list_live() -> QuerySet[LivePeriod]:
    return LivePeriod.objects.filter(ended_at=None).select_related("document").order_by("pk")


@transaction.atomic
def _fill_batch() -> int:
    """Index some of what is missing. The documents are locked before their periods are read."""
    missing = _list_live().exclude(search_entry__analysis=ANALYSIS)
    documents = _lock(missing.values_list("document_id", flat=True)[:BATCH])
    for period in _list_live().filter(document__in=documents):
        index_period(period)
    return len(documents)


@transaction.atomic
def _forget_batch() -> int:
    """Take out some of what is live no more. There is none unless somebody wrote SQL by hand."""
    over = Entry.objects.filter(period__ended_at__isnull=False).order_by("pk")
    documents = _lock(over.values_list("document_id", flat=True)[:BATCH])
    for document in documents:
        forget_document(document)
    return len(documents)


def _lock(keys: Iterable[UUID]) -> list[Document]:
    """Lock these documents, in the order in which everybody does."""
    return list(lock_documents(Document.objects.filter(pk__in=list(keys))))
