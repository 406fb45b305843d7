"""Keeping the index as what is live, in the transaction that changes what is live."""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import AuditHead, Document, Edition, LivePeriod, Rendition
from calfcms.search.entries import IndexedDocument, index_document
from calfcms.search.fulltext import delete_lexemes, write_lexemes
from calfcms.search.languages import ANALYSIS, get_language
from calfcms.search.models import Collection, Entry, EntryText
from calfcms.search.vocabulary_rows import count_words


def follow(document: Document, edition: Edition | None, *, at: datetime) -> None:  # noqa: ARG001
    """Have search find this edition of the document, or the document no more.

    Called inside the transaction that changes what is live (`publishing.live_changes`).
    """
    if edition is None:
        forget_document(document)
        return
    index_period(LivePeriod.objects.get(document=document, ended_at=None))


@transaction.atomic
def index_period(period: LivePeriod) -> None:
    """Index what is live in this period, in place of what the index had of its document.

    The head of the audit log is locked before the index, as everywhere: an action that writes an
    event and then has something go live would otherwise wait for another crosswise.
    """
    document = period.document
    version = raise_version()
    before = _take_away(document)
    collection = _get_collection(document)
    indexed = _read_texts(period, collection)
    count_words(collection, before=before, after=indexed.words, version=version)
    _write(period, collection, indexed)


@transaction.atomic
def forget_document(document: Document) -> None:
    """Have search find the document no more."""
    version = raise_version()
    before = _take_away(document)
    count_words(_get_collection(document), before=before, after=(), version=version)


def raise_version() -> int:
    """Say that the index has changed, and return its new version. Locks it."""
    AuditHead.objects.select_for_update().get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_index (id, version) VALUES (1, 1) "
            "ON CONFLICT (id) DO UPDATE SET version = search_index.version + 1 RETURNING version"
        )
        version: int = cursor.fetchone()[0]
    return version


def _get_collection(document: Document) -> Collection:
    return Collection.objects.get_or_create(kind=document.kind, locale=document.locale)[0]


def _take_away(document: Document) -> list[str]:
    """Delete the document's entry, and return the words that it had."""
    entry = Entry.objects.filter(document=document).first()
    if entry is None:
        return []
    delete_lexemes([entry.pk])
    entry.delete()
    Collection.objects.filter(pk=entry.collection_id).update(documents=F("documents") - 1)
    return entry.words.split()


def _read_texts(period: LivePeriod, collection: Collection) -> IndexedDocument:
    """What the index holds about this edition; of a kind that is not searched, no words."""
    body = Rendition.objects.values_list("body", flat=True).get(
        edition_id=period.edition_id, format="json"
    )
    edition: dict[str, Any] = json.loads(bytes(body))
    texts = get_kind(collection.kind).list_search_texts(edition)
    language = get_language(collection.locale)
    return index_document(texts, language=language, prefix=str(collection.pk))


def _write(period: LivePeriod, collection: Collection, indexed: IndexedDocument) -> None:
    entry = Entry.objects.create(
        period=period,
        document=period.document,
        collection=collection,
        slug=period.document.slug,
        locale=period.document.locale,
        length=indexed.length,
        levels=indexed.levels,
        names=indexed.names,
        words=" ".join(sorted(indexed.words)),
        analysis=ANALYSIS,
    )
    EntryText.objects.create(
        entry=entry,
        parts="\n".join(passage.part for passage in indexed.passages),
        terms="\n".join(passage.terms for passage in indexed.passages),
        passages="\n".join(passage.text for passage in indexed.passages),
    )
    write_lexemes(entry.pk, indexed.lexemes)
    Collection.objects.filter(pk=collection.pk).update(documents=F("documents") + 1)
