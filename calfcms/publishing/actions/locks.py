"""Locking documents, in an order that cannot deadlock."""

from collections.abc import Iterable

from calfcms.publishing.models import Document


def lock_document(document: Document) -> Document:
    """The document, locked until the transaction ends."""
    return lock_documents([document])[0]


def lock_documents(documents: Iterable[Document]) -> list[Document]:
    """The documents, locked until the transaction ends, in the order given.

    The locks are taken in the order of the keys, whatever order they are asked for in.
    """
    keys = [document.pk for document in documents]
    rows = Document.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]
