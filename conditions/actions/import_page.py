"""Saving an imported page as a draft."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.save_draft import SavedDraft, save_draft
from calfcms.publishing.problem import refuse
from conditions.document import KIND
from conditions.draft import ConditionDraft


@transaction.atomic
def import_page(
    *,
    draft: ConditionDraft,
    base: ConditionDraft | None,
    source: str,
    by: User,
    at: datetime,
    may_replace: bool = False,
) -> SavedDraft:
    """Make this the draft at its address; `base` is the draft that was there when it began.

    It is a draft and nothing else: not submitted, not signed, whatever the page claims of itself.
    Raises `Refused` where there is a draft already, unless it `may_replace` that; where somebody
    saved since; and where the right is missing.
    """
    if base is not None and base != draft and not may_replace:
        raise refuse(
            "draft_exists",
            f"There is a draft at {draft.slug} ({draft.locale}) already.",
            "Import with --replace (its history keeps the old one), or with another --slug.",
        )
    return save_draft(
        kind=KIND,
        slug=draft.slug,
        locale=draft.locale,
        draft=draft,
        by=by,
        at=at,
        comment=f"Imported from {source}"[:500],
        base=base,
    )
