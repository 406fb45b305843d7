"""Deleting a reference, a publisher or a topic that no page needs any more."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.digest import digest_of
from calfcms.publishing.problem import Problem, Refused, refuse
from calfcms.publishing.rights import require_right
from conditions.shared_tables import SharedTable
from conditions.usages import list_usages


@transaction.atomic
def delete_shared_row(*, table: SharedTable, key: str, by: User, at: datetime) -> None:
    """Delete the row; the event keeps all that it said, and it can be recovered.

    Raises `Refused` where the right is missing, there is no such row, or drafts or live editions
    name it: every one of them is a reason of its own.
    """
    require_right(by, "edit_draft")
    # Locked whole: drafts that are about to point to it wait, and then find it gone.
    row = table.model._default_manager.select_for_update().filter(**{table.column: key}).first()
    if row is None:
        raise refuse(
            f"unknown_{table.one}",
            f"There is no {table.one} with the {table.column} `{key}`.",
            "It may have been deleted already: look among the deleted ones.",
        )
    _refuse_used(table, key)
    says = table.read(row).model_dump(mode="json")
    row.delete()
    record_event(
        action=f"{table.one}.deleted",
        by=by,
        at=at,
        subject=f"{table.one} {key}",
        content_digest=digest_of(says),
        details={table.one: says},
    )


def _refuse_used(table: SharedTable, key: str) -> None:
    problems = [
        Problem(
            f"{table.one}_in_use",
            f"{usage} still names the {table.one} `{key}`.",
            "Take it out there (and publish) first."
            if usage.live_edition
            else "Take it out there.",
        )
        for usage in list_usages(table, key)
    ]
    if problems:
        raise Refused(problems)
