"""The full-text index in the words of each database: FTS5 on SQLite, `tsvector` on PostgreSQL.

Both hold the very lexemes that `entries` makes, so both find the same documents. On SQLite the
tokenizer is `ascii`, which takes every character of other scripts for a part of a word: `unicode61`
would break Hindi words at their vowel signs. Migration 0002 makes the tables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

TABLE: Final = "search_fulltext"


@dataclass(frozen=True, slots=True)
class AllOf:
    """What matches where each of these does."""

    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What matches where one of these does."""

    parts: tuple["Match", ...]


Match = str | AllOf | AnyOf
"""A lexeme, or several in relation to each other."""


def write_lexemes(entry_id: int, lexemes: Iterable[str]) -> None:
    """Have this entry found by these lexemes."""
    delete_lexemes([entry_id])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = f"INSERT INTO {TABLE} (rowid, lexemes) VALUES (%s, array_to_tsvector(%s))"  # noqa: S608
            cursor.execute(sql, [entry_id, list(lexemes)])
        else:
            sql = f"INSERT INTO {TABLE} (rowid, lexemes) VALUES (%s, %s)"  # noqa: S608
            cursor.execute(sql, [entry_id, " ".join(lexemes)])


def delete_lexemes(entry_ids: Sequence[int]) -> None:
    """Have these entries found no more."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608 - a constant
            [(entry_id,) for entry_id in entry_ids],
        )


def write_match(match: Match) -> str:
    """What documents must match, as this database writes it.

    Lexemes are letters, digits and marks, and what `write_lexeme` puts between them: nothing in
    them means anything to either database once it is quoted.
    """
    if connection.vendor == "postgresql":
        return _write(match, "'", " & ", " | ")
    return _write(match, '"', " AND ", " OR ")


def _write(match: Match, quote: str, both: str, either: str) -> str:
    if isinstance(match, str):
        return f"{quote}{match}{quote}"
    glue = both if isinstance(match, AllOf) else either
    return "(" + glue.join(_write(part, quote, both, either) for part in match.parts) + ")"


def find(most: int, narrowed: str = "", *, only_if: str = "") -> str:
    """SQL for the keys of the newest entries that match a parameter, at most that many.

    `narrowed` are joins and conditions on `f.rowid`; `list_parameters` puts theirs in order. With
    `only_if`, a condition on no table of these, nothing is looked up unless it holds.
    """
    is_postgresql = connection.vendor == "postgresql"
    conditions = [only_if, "" if is_postgresql else f"f.{TABLE} MATCH %s"]
    if is_postgresql:
        limit = "NULL" if narrowed else f"{most:d}"
        found = f"SELECT f.rowid FROM search_find(%s::tsquery, {limit}) f(rowid)"  # noqa: S608
    else:
        found = f"SELECT f.rowid FROM {TABLE} f"  # noqa: S608 - a constant
    joined = " AND ".join(filter(None, conditions))
    where = f" AND {joined}" if narrowed and joined else f" WHERE {joined}" if joined else ""
    return f"{found}{narrowed}{where} ORDER BY f.rowid DESC LIMIT {most:d}"


def list_parameters(match: str, narrowed_by: Sequence[Any]) -> list[Any]:
    """The parameters of `find`, in their order."""
    if connection.vendor == "postgresql":
        return [match, *narrowed_by]
    return [*narrowed_by, match]
