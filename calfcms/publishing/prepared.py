"""A cursor for the few queries that every reader runs.

On PostgreSQL, planning such a query takes five times as long as running it. Django's own cursor
writes the values into the SQL, so that the server plans it each time; this one lets the driver
prepare the statement (setting `DB_PREPARE_THRESHOLD`) and fetches bytes as bytes, not as text.
"""

from contextlib import AbstractContextManager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


def open_cursor() -> AbstractContextManager[CursorWrapper]:
    """A cursor on the default connection, wrapped as Django wraps its own."""
    connection = connections[DEFAULT_DB_ALIAS]  # once: each look-up of the proxy takes its time
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    cursor = _make_binary_cursor(connection.connection)
    if connection.queries_logged:
        return connection.make_debug_cursor(cursor)
    return connection.make_cursor(cursor)


def _make_binary_cursor(raw: Any) -> Any:
    import psycopg

    cursor = psycopg.Cursor(raw)
    cursor.format = psycopg.pq.Format.BINARY
    return cursor
