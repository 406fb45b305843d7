"""The deleted rows of a shared list, each as its last copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from reversion.errors import RevertError
from reversion.models import Version

from conditions.shared_tables import SharedTable


@dataclass(frozen=True)
class DeletedRow:
    """A row that is no longer there: its key, what its last copy said, and when that was saved."""

    key: str
    version: Version
    says: Any
    saved_at: datetime


def list_deleted_rows(table: SharedTable) -> list[DeletedRow]:
    """The rows that can be recovered, last saved first: keys given anew are left out."""
    present = set(table.model._default_manager.values_list(table.column, flat=True))
    versions = Version.objects.get_deleted(table.model).select_related("revision")
    newest: dict[str, DeletedRow] = {}
    for row in _read_copies(table, versions.order_by("-pk")):
        if row.key not in present:
            newest.setdefault(row.key, row)
    return list(newest.values())


def _read_copies(table: SharedTable, versions: Any) -> Iterator[DeletedRow]:
    for version in versions:
        try:
            says = table.read_values(version.field_dict)
        except (ValidationError, RevertError, KeyError):  # older than today's rules: not to be had
            continue
        key = getattr(says, table.column)
        yield DeletedRow(key, version, says, version.revision.date_created)
