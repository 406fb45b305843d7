"""How fast published content is read, as ratios to an anchor measured in the same rounds.

    python -m benchmarks.reading                                    # a temporary SQLite file
    python -m benchmarks.reading --database postgres://…/postgres   # a temporary database there

Starts granian as production does, and a bare Django beside it, and lets wrk ask both in turn.
"""

import argparse
import contextlib
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

SERVICE = "http://127.0.0.1:8451"
BARE = "http://127.0.0.1:8452"
DETAIL = f"{SERVICE}/api/v1/conditions/condition-7"
EDITIONS = 5


def list_cases() -> dict[str, tuple[str, list[str]]]:
    """What is measured: name, address, headers."""
    with urllib.request.urlopen(DETAIL) as response:  # noqa: S310 - our own server
        tag = response.headers["ETag"]
    return {
        "anchor: bare Django": (f"{BARE}/anchor", []),
        "anchor behind our middleware": (f"{SERVICE}/api/anchor", []),
        "detail": (DETAIL, []),
        "detail, negotiated": (
            DETAIL,
            ["Accept: application/json, */*;q=0.5", "Accept-Language: en-GB, en;q=0.8"],
        ),
        "304": (DETAIL, [f"If-None-Match: {tag}"]),
        "old edition": (f"{DETAIL}/editions/2", []),
        "list of 20": (f"{SERVICE}/api/v1/conditions", []),
    }


def measure(arguments: argparse.Namespace) -> None:
    """Interleave the cases over the rounds, and print medians and ratios."""
    cases = list_cases()
    rates: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(arguments.rounds):
        for name, (url, headers) in cases.items():
            rates[name].append(run_wrk(url, headers, arguments))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    bare, ours = list(medians.values())[:2]
    print(f"{'':30}{'requests/s':>12}{'× bare':>9}{'× ours':>9}")
    for name, rate in medians.items():
        print(f"{name:30}{rate:12.0f}{bare / rate:9.2f}{ours / rate:9.2f}")


def run_wrk(url: str, headers: list[str], arguments: argparse.Namespace) -> float:
    """Requests per second; anything but 2xx and 3xx is an error."""
    options = [option for header in headers for option in ("-H", header)]
    command = ["wrk", "-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", *options, url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"{url} answered with errors:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found
    return float(found.group(1))


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
def serve(application: str, url: str, environment: dict[str, str]) -> Iterator[None]:
    """A granian server with two workers, until it is no longer needed."""
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi"]
    command += ["--workers", "2", "--blocking-threads", environment.get("THREADS", "2")]
    command += ["--port", url.rpartition(":")[2], "--log-level", "error", application]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_for(url, process)
        yield
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


def main() -> None:
    """Fill, serve, measure, clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="URL of a PostgreSQL server's maintenance database")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=16)
    arguments = parser.parse_args()
    with make_database(arguments.database) as url:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "CALFCMS_LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "calfcms.settings",
        }
        prepare = [["-m", "django", "migrate", "-v0"]]
        prepare += [["-m", "benchmarks.catalogue", str(arguments.documents), str(EDITIONS)]]
        for command in prepare:
            subprocess.run([sys.executable, *command], env=environment, check=True)
        with (
            serve("benchmarks.anchored:application", SERVICE, environment),
            serve("benchmarks.bare:application", BARE, dict(os.environ)),
        ):
            measure(arguments)


if __name__ == "__main__":
    main()
