"""Recovering a deleted reference, publisher or topic from its last copy."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from pydantic import BaseModel, ValidationError
from reversion.errors import RevertError
from reversion.models import Version

from calfcms.publishing.problem import refuse
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.actions.shared_rows import RECOVERED
from conditions.shared_tables import SharedTable

Save = Callable[[Any, User, datetime], object]

_SAVES: Final[dict[str, Save]] = {
    "references": lambda row, by, at: save_reference(reference=row, by=by, at=at, verb=RECOVERED),
    "publishers": lambda row, by, at: save_publisher(publisher=row, by=by, at=at, verb=RECOVERED),
    "topics": lambda row, by, at: save_topic(topic=row, by=by, at=at, verb=RECOVERED),
}


def recover_shared_row(*, table: SharedTable, version: Version, by: User, at: datetime) -> str:
    """Make the row again as this copy has it, and return its key.

    Raises `Refused` where the right is missing, the key has been given anew, or the copy says what
    such a row cannot say today.
    """
    row = _read_copy(table, version)
    key = str(getattr(row, table.column))
    if table.model._default_manager.filter(**{table.column: key}).exists():
        raise refuse(
            f"{table.one}_exists",
            f"There is a {table.one} with the {table.column} `{key}` already.",
            "Change that one instead: what drafts name is the key.",
        )
    _SAVES[table.name](row, by, at)
    return key


def _read_copy(table: SharedTable, version: Version) -> BaseModel:
    if version._model is not table.model:
        raise refuse("not_this_list", f"That is no {table.one}.", "Choose one from the list.")
    try:
        return table.read_values(version.field_dict)
    except (ValidationError, RevertError, KeyError) as error:
        raise refuse(
            "copy_does_not_fit",
            f"The copy says what a {table.one} cannot say today: {error}",
            "Write it anew; the audit log shows what it said.",
        ) from error
