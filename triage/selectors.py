"""Reading which protocols name a shared row."""

from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from calfcms.publishing.models import Document
from triage.models import Protocol, Rule, Score


def list_documents_using(table: str, key: str) -> list[Document]:
    """The documents whose drafts name this row of `references` or `publishers`."""
    if table == "publishers":
        using = Q(protocol__publisher=key)
    elif table == "references":
        using = Q(protocol__in=_list_naming(Rule, key)) | Q(protocol__in=_list_naming(Score, key))
    else:
        return []
    return list(Document.objects.filter(using).distinct().order_by("pk"))


def list_drafts_translating(document: Document, number: int) -> list[Document]:
    """The documents whose drafts say that they translate that edition of the document."""
    translating = Protocol.objects.filter(
        document__slug=document.slug, source_locale=document.locale, source_edition=number
    )
    return list(Document.objects.filter(protocol__in=translating).order_by("pk"))


def _list_naming(model: type[Rule] | type[Score], key: str) -> QuerySet[Any, Any]:
    rows = model._default_manager.annotate(named=Cast("references", TextField()))
    return rows.filter(named__contains=f'"{key}"').values("protocol")
