"""Saving a reference: a new one, or a correction that holds for every page that cites it."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.bundles import Outcome
from conditions.actions.shared_rows import SAVED, Key, save_shared_row
from conditions.draft import ReferenceDraft
from conditions.models import Reference


def save_reference(
    *, reference: ReferenceDraft, by: User, at: datetime, verb: str = SAVED
) -> Outcome:
    """Make the reference of this key say this.

    The content of every draft that cites it changes with it, and so does its digest: sign-offs
    for what the draft said before no longer fit.
    """
    csl = reference.csl.model_dump(mode="json")
    return save_shared_row(
        model=Reference,
        key=Key("key", reference.key),
        values={
            "csl": csl,
            "doi": csl.get("DOI", ""),
            "pmid": csl.get("PMID", ""),
            "url": csl.get("URL", ""),
            "checked_on": reference.checked_on,
            "checked_by": reference.checked_by or "",
        },
        says=reference.model_dump(mode="json"),
        by=by,
        at=at,
        verb=verb,
    )
