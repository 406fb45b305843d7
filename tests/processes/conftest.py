"""Databases of their own for tests that need real processes, real commits and real crashes.

The published past cannot be emptied, so these tests cannot share the database of the others.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
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
def make_database(folder: Path, name: str, *, content: bool = False) -> Iterator[OwnDatabase]:
    """A new database: an SQLite file, or a database on the server that the tests run on.

    It is a copy of one that this process migrated before; with `content`, of one that has the
    demonstration's content and people too.
    """
    template = _get_template(content)
    if "DATABASE_URL" not in os.environ:
        shutil.copy(template.path, folder / "own.sqlite3")
        yield OwnDatabase(f"sqlite:///{folder / 'own.sqlite3'}")
        return
    name = f"calfcms_{name}_{os.getpid()}"
    yield _create_on_server(name, f"TEMPLATE {template.name}")
    _manage_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[OwnDatabase]:
    """A database for one test."""
    with make_database(tmp_path, "own") as database:
        yield database


@dataclass(frozen=True)
class _Template:
    """A database to be copied: a file, or a name on the server."""

    path: Path
    name: str


@lru_cache
def _get_template(content: bool) -> _Template:
    folder = Path(tempfile.mkdtemp(prefix="calfcms-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    template = _Template(
        folder / "template.sqlite3", f"calfcms_template_{os.getpid()}_{int(content)}"
    )
    database = OwnDatabase(f"sqlite:///{template.path}")
    if "DATABASE_URL" in os.environ:
        database = _create_on_server(template.name, "")
        atexit.register(_manage_server, f"DROP DATABASE {template.name} WITH (FORCE)")
    if content:
        database.manage("run_locally", "--no-server")
    else:
        database.manage("migrate", "--verbosity=0")
    return template


def _create_on_server(name: str, options: str) -> OwnDatabase:
    _manage_server(f"CREATE DATABASE {name} {options}")
    server = urlsplit(os.environ["DATABASE_URL"])
    return OwnDatabase(urlunsplit(server._replace(path=f"/{name}")))


def _manage_server(statement: str) -> None:
    import psycopg

    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgres://")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement.encode())
