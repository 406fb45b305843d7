"""Databases of their own for tests that need real processes, real commits and real crashes.

The published past cannot be emptied, so these tests cannot share the database of the others.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class OwnDatabase:
    """A migrated database that nobody else uses."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that uses it."""
        return {**os.environ, "DATABASE_URL": self.url, "CALFCMS_LOCAL": "1"}

    def start(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a script of this folder in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", f"tests.processes.{module}", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, module: str, *arguments: str) -> str:
        """Run a script to its end; its output. Fails the test with its errors if it fails."""
        process = self.start(module, *arguments)
        output, errors = process.communicate(timeout=240)
        assert process.returncode == 0, errors
        return output

    def manage(self, command: str, *arguments: str) -> str:
        """Run a management command to its end; its output."""
        return subprocess.run(
            [sys.executable, "manage.py", command, *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@contextmanager
def make_database(folder: Path, name: str) -> Iterator[OwnDatabase]:
    """A new database: an SQLite file, or a database on the server that the tests run on."""
    server = os.environ.get("DATABASE_URL")
    if server is None:
        yield _migrate(OwnDatabase(f"sqlite:///{folder / 'own.sqlite3'}"))
        return
    name = f"calfcms_{name}_{os.getpid()}"
    _manage_server(server, f"CREATE DATABASE {name}")
    yield _migrate(OwnDatabase(urlunsplit(urlsplit(server)._replace(path=f"/{name}"))))
    _manage_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[OwnDatabase]:
    """A database for one test."""
    with make_database(tmp_path, "own") as database:
        yield database


def _migrate(database: OwnDatabase) -> OwnDatabase:
    database.manage("migrate", "--verbosity=0")
    return database


def _manage_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url.replace("postgresql://", "postgres://"), autocommit=True) as server:
        server.execute(statement.encode())
