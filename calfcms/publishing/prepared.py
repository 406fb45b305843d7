"""The few queries that every reader runs, sent to the driver without what Django wraps around it.

On SQLite, Django's cursor costs more than the query. On PostgreSQL, planning such a query takes
five times as long as running it, and Django's cursor writes the values into the SQL, so that the
server plans it each time; here the driver prepares the statement (setting `DB_PREPARE_THRESHOLD`)
and fetches bytes as bytes, not as text.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def fetch_rows(sql: str, parameters: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """The rows of a query on the default connection. Raises what Django's cursor would raise."""
    connection = connections[DEFAULT_DB_ALIAS]  # once: each look-up of the proxy takes its time
    if connection.queries_logged:
        with connection.cursor() as wrapped:
            wrapped.execute(sql, parameters)
            logged: Sequence[Sequence[Any]] = wrapped.fetchall()
            return logged
    connection.ensure_connection()
    # An error inside marks the connection as one to check before it is used again.
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            cursor = _make_binary_cursor(connection.connection)
        else:
            cursor, sql = connection.connection.cursor(), _write_placeholders(sql)
        try:
            cursor.execute(sql, parameters)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
        finally:
            cursor.close()
    return rows


@lru_cache(maxsize=1024)
def _write_placeholders(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def _make_binary_cursor(raw: Any) -> Any:
    import psycopg

    cursor = psycopg.Cursor(raw)
    cursor.format = psycopg.pq.Format.BINARY
    return cursor
