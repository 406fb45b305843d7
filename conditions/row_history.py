"""What was done to a shared row, from the audit log, with the copy that each change made."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from reversion.errors import RevertError
from reversion.models import Version

from calfcms.publishing.models import Event
from conditions.shared_tables import SharedTable


@dataclass(frozen=True)
class Change:
    """One event, and what the row said then; None where there is no copy from that moment."""

    event: Event
    says: dict[str, Any] | None


def list_changes(table: SharedTable, row: models.Model) -> list[Change]:
    """The changes of the row that goes by this key, newest first, in two queries."""
    subject = f"{table.one} {table.get_key(row)}"
    events = Event.objects.filter(document_id=None, subject=subject).order_by("-seq")
    versions = Version.objects.get_for_object(row).select_related("revision")
    copies = {version.revision.date_created: version for version in versions}
    return [Change(event, _read(copies.get(event.at))) for event in events]


def _read(version: Version | None) -> dict[str, Any] | None:
    try:
        columns = version.field_dict if version else {}
    except RevertError:  # of an older form
        return None
    return {name: value for name, value in columns.items() if name != "id"} or None
