"""Keeping the row by which lists of work know a draft. Called inside whatever changed the draft."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Kind, get_kind, list_kinds
from calfcms.publishing.models import Document, Standing
from calfcms.publishing.safety import is_safety_change
from calfcms.publishing.selectors import get_last_signed_edition


def refresh_standing(document: Document, *, saved_by: User, saved_at: datetime) -> Standing:
    """Derive the standing of a locked document whose draft has just been saved."""
    standing, _ = Standing.objects.update_or_create(
        document=document,
        defaults={**_derive(document), "saved_by": saved_by, "saved_at": saved_at},
    )
    return standing


def update_standing(document: Document) -> None:
    """Derive the standing anew where something else than the draft changed: what is published, a
    reference that it cites. Who saved it stays."""
    Standing.objects.filter(document=document).update(**_derive(document))


def update_standings_using(table: str, key: str) -> None:
    """Derive the standings of all drafts that say what this shared row says.

    `table` is the row's name in bundles: `references`, `publishers`, `topics`.
    """
    for kind in list_kinds():
        for document in kind.list_documents_using(table, key):
            update_standing(document)


def _derive(document: Document) -> dict[str, object]:
    kind: Kind = get_kind(document.kind)
    content = kind.read_content(document)
    return {
        "title": content["title"],
        "content_digest": digest_of(content),
        "is_safety_change": is_safety_change(kind, content, get_last_signed_edition(document)),
        "broken_citations": kind.count_broken_citations(content),
    }
