"""What saving a reference, a publisher and a topic have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import reversion
from django.contrib.auth.models import User
from django.db import models, transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.refresh_standing import update_standings_using
from calfcms.publishing.bundles import Outcome
from calfcms.publishing.digest import digest_of
from calfcms.publishing.rights import require_right

SAVED: Final = "saved"
CHECKED: Final = "checked"
RECOVERED: Final = "recovered"


@dataclass(frozen=True)
class Key:
    """The column by which a shared row goes, and its value there."""

    column: str
    value: str

    def as_columns(self) -> dict[str, str]:
        """For a filter, or for a new row."""
        return {self.column: self.value}


@transaction.atomic
def save_shared_row(
    *,
    model: type[models.Model],
    key: Key,
    values: Mapping[str, Any],
    says: Any,
    by: User,
    at: datetime,
    verb: str = SAVED,
) -> Outcome:
    """Make the row of this key have these values, in one revision, with one event.

    `says` is the whole row as JSON; its digest goes into the event, and `verb` says what led to
    it. Nothing changed, nothing written. Raises `Refused` where the right to write drafts is
    missing.
    """
    require_right(by, "edit_draft")
    # No key changes, so drafts that point to this row need not wait for it.
    rows = model._default_manager.select_for_update(no_key=True)
    row = rows.filter(**key.as_columns()).first()
    if row and all(getattr(row, name) == value for name, value in values.items()):
        return Outcome.UNCHANGED
    outcome = Outcome.CHANGED if row else Outcome.CREATED
    _save_in_revision(row or model(**key.as_columns()), values, by=by, at=at)
    name = model.__name__.lower()
    update_standings_using(f"{name}s", key.value)
    record_event(
        action=f"{name}.{verb}",
        by=by,
        at=at,
        subject=f"{name} {key.value}",
        content_digest=digest_of(says),
        details={"outcome": outcome.value},
    )
    return outcome


def _save_in_revision(
    row: models.Model, values: Mapping[str, Any], *, by: User, at: datetime
) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_date_created(at)
        row.save()
