"""Saving and deleting a group of synonyms: searches heed it from then on."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.bundles import Outcome
from calfcms.publishing.digest import digest_of
from calfcms.publishing.rights import require_right
from calfcms.search.actions.index import raise_version
from calfcms.search.models import SynonymGroup
from calfcms.search.synonym_draft import SynonymDraft


@transaction.atomic
def save_synonyms(*, group: SynonymDraft, by: User, at: datetime) -> Outcome:
    """Make the group of this slug and locale have these words. Nothing changed, nothing written.

    Raises `Refused` where the right to write drafts is missing.
    """
    require_right(by, "edit_draft")
    rows = SynonymGroup.objects.select_for_update()
    row = rows.filter(slug=group.slug, locale=group.locale).first()
    words = list(group.words)
    if row and row.words == words:
        return Outcome.UNCHANGED
    outcome = Outcome.CHANGED if row else Outcome.CREATED
    SynonymGroup.objects.update_or_create(
        slug=group.slug, locale=group.locale, defaults={"words": words}
    )
    raise_version()
    record_event(
        action="synonyms.saved",
        by=by,
        at=at,
        subject=f"synonyms {group.slug} ({group.locale})",
        content_digest=digest_of(group.model_dump(mode="json")),
        details={"outcome": outcome.value, "words": words},
    )
    return outcome


@transaction.atomic
def delete_synonyms(*, group: SynonymGroup, by: User, at: datetime) -> None:
    """Have these words stand for one another no more.

    Raises `Refused` where the right to write drafts is missing.
    """
    require_right(by, "edit_draft")
    SynonymGroup.objects.filter(pk=group.pk).delete()
    raise_version()
    record_event(
        action="synonyms.deleted",
        by=by,
        at=at,
        subject=f"synonyms {group}",
        details={"words": group.words},
    )
