"""Making the rows of a draft what the draft says, for every kind of content.

Rows keep their identity: a part that moved stays the same row, so that revisions can be compared.
Only rows that change are saved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models

Values = Mapping[str, Any]
Wanted = Sequence[tuple[Any, Values]]
"""The rows that there should be, in order: what identifies each, and its columns."""


def sync_rows(
    rows: Mapping[Any, Any], wanted: Wanted, make: Callable[[], models.Model]
) -> dict[Any, Any]:
    """Update the rows that stay, make the new ones, delete the rest. Returns the rows by key.

    Every row has a column `position`, which becomes its place in `wanted`.
    """
    kept: dict[Any, Any] = {}
    for position, (key, values) in enumerate(wanted):
        kept[key] = rows.get(key) or make()
        save_if_changed(kept[key], {**values, "position": position})
    delete_gone(rows, kept)
    return kept


def index_rows(rows: Iterable[models.Model], column: str) -> dict[Any, Any]:
    """The rows by the value of a column."""
    return {getattr(row, column): row for row in rows}


def delete_gone(rows: Mapping[Any, Any], kept: Mapping[Any, Any]) -> None:
    """Delete the rows whose key is not kept."""
    for key, row in rows.items():
        if key not in kept:
            row.delete()


def save_if_changed(row: models.Model, values: Values) -> None:
    """Save the row with these columns, unless it has them already."""
    if set_columns(row, values) or row.pk is None:
        row.save()


def set_columns(row: models.Model, values: Values) -> bool:
    """Set the columns; whether any of them had another value."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)
