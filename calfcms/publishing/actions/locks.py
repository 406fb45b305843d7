"""Locking documents, in an order that cannot deadlock."""

from collections.abc import Iterable

from calfcms.publishing.models import Document


def lock_document(document: Document) -> Document:
    """The document, locked until the transaction ends."""
    return lock_documents([document])[0]


def lock_documents(documents: Iterable[Document]) -> list[Document]:
    """The documents, locked until the transaction ends, in the order given.

    Their translations are locked with them, since what is live in one locale bears on the others.
    The locks are taken in the order of the keys, whatever order they are asked for in.
    """
    asked = list(documents)
    contents = {document.content_id for document in asked}
    rows = Document.objects.select_for_update().filter(content_id__in=contents).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[document.pk] for document in asked]
