"""Having caches in front forget what is no longer so.

The job is enqueued in the transaction that changes what readers get, so it is neither lost nor made
for a change that was rolled back; the worker calls the caches within a second of the commit. No
publication ever waits for a cache.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db.models import Q

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.lanes import Lane
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Edition
from calfcms.syndication.webhooks.addresses import AllowList
from calfcms.syndication.webhooks.sending import send

PURGE: Final = "syndication.purge"
LANE: Final = Lane("purges")
TIMEOUT: Final = 5.0  # seconds
FIRST_WAIT: Final = timedelta(seconds=1)
FEED_TAG: Final = "changes"
"""The tag of the delta feed, which every change adds to."""


class PurgeFailed(Exception):
    """A cache did not do as it was told; it is told again."""


def follow(document: Document, edition: Edition | None, *, at: datetime) -> None:  # noqa: ARG001
    """Told inside the transaction that changes what is live of a document."""
    forget(document, at=at)


def forget(document: Document, *, at: datetime) -> None:
    """Have every cache forget the answers about this document and its translations."""
    if not settings.PURGE_URLS:
        return
    same = Q(content_id=document.content_id) | Q(kind=document.kind, slug=document.slug)
    documents = list(Document.objects.filter(same).order_by("slug", "locale"))
    tags, paths = list_tags(documents), list_paths(documents)
    for url in settings.PURGE_URLS:
        enqueue(
            name=PURGE,
            key=f"{PURGE}:{uuid.uuid4()}",
            arguments={"url": url, "tags": tags, "paths": paths},
            at=at,
        )


def list_tags(documents: Iterable[Document]) -> list[str]:
    """What the header `Cache-Tag` names in answers that show these documents, lists included."""
    tags = [FEED_TAG]
    for document in documents:
        name = f"{document.kind}/{document.slug}"
        tags += [document.kind, name, f"{name}/{document.locale}"]
    return list(dict.fromkeys(tags))


def list_paths(documents: Iterable[Document]) -> list[str]:
    """Where these answers begin, for caches that know no tags."""
    paths = ["/api/v1/changes"]
    for document in documents:
        listing = f"/api/v1/{get_kind(document.kind).path}"
        paths += [listing, f"{listing}/{document.slug}"]
    return list(dict.fromkeys(paths))


def purge(arguments: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG001
    """Tell one cache. Raises `PurgeFailed`, so that it is told again, a second later at first."""
    url, tags, paths = arguments["url"], arguments["tags"], arguments["paths"]
    if "{tag}" not in url:
        _call(url, tags, paths)
        return
    for tag in tags:
        _call(url.replace("{tag}", quote(tag)), [tag], paths)


def _call(url: str, tags: list[str], paths: list[str]) -> None:
    headers = {"content-type": "application/json", "cache-tag": ", ".join(tags)}
    if settings.PURGE_TOKEN:
        headers["authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    answer = send(
        url,
        body=json.dumps({"tags": tags, "paths": paths}).encode(),
        headers=headers,
        allowed=AllowList(hosts=frozenset([urlsplit(url).hostname or ""])),  # operators chose it
        method=settings.PURGE_METHOD,
        timeout=TIMEOUT,
    )
    if not answer.is_success:
        raise PurgeFailed(f"{urlsplit(url).netloc}: {answer.error}")
