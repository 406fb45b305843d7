"""Noting that somebody looked at a source and found that it says what we cite it for."""

from datetime import datetime

from django.contrib.auth.models import User

from calfcms.publishing.bundles import Outcome
from calfcms.publishing.naming import name_person
from calfcms.publishing.problem import refuse
from conditions.actions.save_reference import save_reference
from conditions.actions.shared_rows import CHECKED
from conditions.selectors import list_references


def check_reference(*, key: str, by: User, at: datetime) -> Outcome:
    """Make today the day on which this reference was checked, and this person who checked it.

    The date is part of what drafts say, so drafts that cite the reference need a new sign-off.
    """
    found = list_references([key])
    if not found:
        raise refuse(
            "unknown_reference",
            f"There is no reference with the key `{key}`.",
            "It may have been deleted: look among the deleted ones.",
        )
    checked = {"checked_on": at.date(), "checked_by": name_person(by)}
    return save_reference(reference=found[0].model_copy(update=checked), by=by, at=at, verb=CHECKED)
