"""Reading the lists that drafts share: references, publishers and topics."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from calfcms.publishing.models import Document, Edition, LivePeriod
from calfcms.publishing.problem import Problem
from conditions.document import KIND
from conditions.draft import (
    ConditionDraft,
    PublisherDraft,
    ReferenceDraft,
    TopicDraft,
    TranslationOf,
)
from conditions.models import Condition, Publisher, Reference, Topic


def get_publisher(slug: str) -> PublisherDraft:
    """The publisher of that slug. Raises `Publisher.DoesNotExist`."""
    return _read_publisher(Publisher.objects.get(slug=slug))


def list_publishers() -> list[PublisherDraft]:
    """All publishers, by slug."""
    return [_read_publisher(row) for row in Publisher.objects.order_by("slug")]


def list_references(keys: Iterable[str] | None = None) -> list[ReferenceDraft]:
    """All references, or those of them that are among these keys, by key."""
    rows = Reference.objects.order_by("key")
    return [_read_reference(row) for row in (rows if keys is None else rows.filter(key__in=keys))]


def list_topics(slugs: Iterable[str] | None = None) -> list[TopicDraft]:
    """All topics, or those of them that are among these slugs, by slug."""
    rows = Topic.objects.order_by("slug")
    return [_read_topic(row) for row in (rows if slugs is None else rows.filter(slug__in=slugs))]


def list_documents_using(table: str, key: str) -> list[Document]:
    """The documents whose drafts name this row of `references`, `publishers` or `topics`."""
    conditions = {
        "references": Q(red_flags__reference_links__reference=key) | _cites(key),
        "publishers": Q(publisher=key),
        "topics": Q(topic_links__topic=key),
    }
    using = Condition.objects.filter(conditions[table])
    return list(Document.objects.filter(condition__in=using).order_by("pk"))


def list_drafts_translating(document: Document, number: int) -> list[Document]:
    """The documents whose drafts say that they translate that edition of the document."""
    translating = Condition.objects.filter(
        document__slug=document.slug, source_locale=document.locale, source_edition=number
    )
    return list(Document.objects.filter(condition__in=translating).order_by("pk"))


def list_sources(slug: str, locale: str, *, kind: str = KIND) -> QuerySet[Any]:
    """The editions that a draft may be a translation of, what is live first; each with `is_live`.

    No translations, and nothing that was recalled.
    """
    live = LivePeriod.objects.filter(edition=OuterRef("pk"), ended_at=None)
    editions = Edition.objects.filter(
        document__kind=kind, document__slug=slug, translates=None, recall=None
    )
    return (
        editions.exclude(document__locale=locale)
        .annotate(is_live=Exists(live))
        .select_related("document")
        .defer("content")
        .order_by("-is_live", "document__locale", "-number")
    )


def find_live_source(slug: str, locale: str) -> TranslationOf | None:
    """What a new page at this address would translate; None where nothing is live there yet."""
    source = list_sources(slug, locale).filter(is_live=True).first()
    if source is None:
        return None
    return TranslationOf(locale=source.document.locale, edition=source.number)


def find_source_digest(kind: str, slug: str, source: TranslationOf | None) -> str | None:
    """The digest of the edition that is translated; None where there is no such edition."""
    if source is None:
        return None
    address = {"document__slug": slug, "document__locale": source.locale}
    editions = Edition.objects.filter(**address, document__kind=kind, number=source.edition)
    return editions.values_list("digest", flat=True).first()


def _cites(key: str) -> Q:
    mark = f"@{key}"  # finds too much where a key begins another's: harmless
    bodies = ("summary", "sections__body", "causes__body", "faqs__answer")
    return reduce(or_, (Q(**{f"{body}__contains": mark}) for body in bodies))


def list_missing_shared_rows(draft: ConditionDraft) -> list[Problem]:
    """A problem for each publisher, topic and reference that the draft names but nobody made.

    Citations within Markdown are no rows; they are checked before publishing.
    """
    publishers = [("/publisher", draft.publisher)]
    topics = [(f"/topics/{n}", slug) for n, slug in enumerate(draft.topics)]
    references = [
        (f"/red_flags/{n}/references/{m}", key)
        for n, flag in enumerate(draft.red_flags)
        for m, key in enumerate(flag.references)
    ]
    return [
        *list_missing_rows(Publisher, "slug", publishers),
        *list_missing_rows(Topic, "slug", topics),
        *list_missing_rows(Reference, "key", references),
    ]


def list_missing_rows(
    model: type[models.Model], column: str, named: list[tuple[str, str]]
) -> list[Problem]:
    """A problem for each value, at its pointer, that no row of a shared list has in that column."""
    wanted = {value for _, value in named}
    found = model._default_manager.filter(**{f"{column}__in": wanted})
    known = set(found.values_list(column, flat=True)) if wanted else set()
    name = model.__name__.lower()
    return [
        Problem(
            f"unknown_{name}",
            f"There is no {name} with the {column} `{value}`.",
            f"Add it to {name}s.yaml or correct the {column}.",
            pointer,
        )
        for pointer, value in named
        if value not in known
    ]


def _read_reference(row: Reference) -> ReferenceDraft:
    return ReferenceDraft.model_validate(
        {
            "key": row.key,
            "csl": row.csl,
            "checked_on": row.checked_on,
            "checked_by": row.checked_by or None,
        }
    )


def _read_publisher(row: Publisher) -> PublisherDraft:
    return PublisherDraft(
        slug=row.slug, name=row.name, url=row.url, is_demonstration=row.is_demonstration
    )


def _read_topic(row: Topic) -> TopicDraft:
    return TopicDraft(slug=row.slug, title=row.title)
