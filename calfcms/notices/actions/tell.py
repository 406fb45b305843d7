"""Telling somebody something: the notice, and the job that mails it, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.notices.kinds import Kind
from calfcms.notices.models import Notice
from calfcms.publishing.models import Document, Standing

MAIL: Final = "notices.mail"


@transaction.atomic
def tell(
    *,
    people: Iterable[User],
    kind: Kind,
    occasion: str,
    document: Document,
    facts: dict[str, Any],
    happened_at: datetime,
    at: datetime,
) -> int:
    """Tell each of these people once per occasion; how many were told now."""
    standing = Standing.objects.filter(document=document).first()
    title = standing.title if standing else document.slug
    told = 0
    for person in people:
        notice, is_new = Notice.objects.get_or_create(
            key=f"{occasion}:{person.pk}",
            defaults={
                "person": person,
                "kind": kind,
                "document": document,
                "title": title,
                "facts": facts,
                "happened_at": happened_at,
                "made_at": at,
            },
        )
        arguments = {"notice": notice.pk}
        enqueue(name=MAIL, key=f"{MAIL}:{notice.key}", arguments=arguments, at=at)
        told += is_new
    return told
