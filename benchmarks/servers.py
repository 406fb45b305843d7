"""Servers and databases for benchmarks: made for a run, and gone after it."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def make_database(url: str | None) -> Iterator[str]:
    """A temporary database: an SQLite file, or one on the server that is named."""
    if url is None:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/benchmark.sqlite3"
        return
    import psycopg

    server, name = url.rpartition("/")[0], f"calfcms_benchmark_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def serve(application: str, url: str, environment: dict[str, str]) -> Iterator[int]:
    """A granian server with two workers, until it is no longer needed; its process group."""
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi"]
    command += ["--workers", "2", "--blocking-threads", environment.get("THREADS", "2")]
    command += ["--port", url.rpartition(":")[2], "--log-level", "error", application]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_for(url, process)
        yield process.pid
    finally:
        _stop(process)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 - our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{url} does not answer.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def make_environment(url: str) -> dict[str, str]:
    """The environment of a service on that database."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "CALFCMS_LOCAL": "1",
        "DJANGO_SETTINGS_MODULE": "calfcms.settings",
        "ANONYMOUS_CALLS_PER_MINUTE": str(10**9),  # counted, and never too many
    }


def fill(url: str, documents: int, editions: int) -> dict[str, str]:
    """The environment of a service whose database has that much in it."""
    environment = make_environment(url)
    for command in (
        ["-m", "django", "migrate", "-v0"],
        ["-m", "benchmarks.catalogue", str(documents), str(editions)],
    ):
        subprocess.run([sys.executable, *command], env=environment, check=True)
    return environment
