"""How fast published content is read, as ratios to an anchor measured in the same rounds.

    python -m benchmarks.reading                                    # a temporary SQLite file
    python -m benchmarks.reading --database postgres://…/postgres   # a temporary database there

Starts granian as production does, and a bare Django beside it, and lets wrk ask both in turn.
"""

import argparse
import contextlib
import os
import random
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
from dataclasses import dataclass, field
from pathlib import Path

SERVICE = "http://127.0.0.1:8451"
BARE = "http://127.0.0.1:8452"
DETAIL = f"{SERVICE}/api/v1/conditions/condition-7"
EDITIONS = 5


@dataclass
class Case:
    """An address to ask, what to send along, and what was measured."""

    server: int
    url: str
    headers: list[str] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)


def list_cases(service: int, bare: int) -> dict[str, Case]:
    """What is measured, by name. `service` and `bare` are the servers' process groups."""
    with urllib.request.urlopen(DETAIL) as response:  # noqa: S310 - our own server
        tag = response.headers["ETag"]
    negotiated = ["Accept: application/json, */*;q=0.5", "Accept-Language: en-GB, en;q=0.8"]
    return {
        "anchor: bare Django": Case(bare, f"{BARE}/anchor"),
        "anchor behind our middleware": Case(service, f"{SERVICE}/api/anchor"),
        "detail": Case(service, DETAIL),
        "detail, negotiated": Case(service, DETAIL, negotiated),
        "304": Case(service, DETAIL, [f"If-None-Match: {tag}"]),
        "old edition": Case(service, f"{DETAIL}/editions/2"),
        "list of 20": Case(service, f"{SERVICE}/api/v1/conditions"),
    }


def measure(cases: dict[str, Case], arguments: argparse.Namespace) -> None:
    """Ask in a new order in each round, and print medians and ratios."""
    for _ in range(arguments.rounds):
        for case in random.sample(list(cases.values()), len(cases)):
            run_wrk(case, arguments)
    print(f"{'':30}{'requests/s':>11}{'× bare':>8}{'× ours':>8}{'CPU µs':>8}{'× bare':>8}")
    rates = {name: statistics.median(case.rates) for name, case in cases.items()}
    costs = {name: statistics.median(case.costs) for name, case in cases.items()}
    (bare, ours), bare_cost = list(rates.values())[:2], next(iter(costs.values()))
    for name, rate in rates.items():
        ratios = f"{bare / rate:8.2f}{ours / rate:8.2f}"
        print(f"{name:30}{rate:11.0f}{ratios}{costs[name]:8.0f}{costs[name] / bare_cost:8.2f}")


def run_wrk(case: Case, arguments: argparse.Namespace) -> None:
    """Measure requests per second, and the server's CPU time for each. Refuse any error."""
    options = [option for header in case.headers for option in ("-H", header)]
    command = ["wrk", "-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", *options]
    before = read_cpu_seconds(case.server)
    output = subprocess.run([*command, case.url], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    count = re.search(r"(\d+) requests in", output)
    if "Non-2xx" in output or not (rate and count and int(count.group(1))):
        raise SystemExit(f"{case.url} was not answered as it should be:\n{output}")
    case.rates.append(float(rate.group(1)))
    case.costs.append((read_cpu_seconds(case.server) - before) / int(count.group(1)) * 1e6)


def read_cpu_seconds(group: int) -> float:
    """The CPU time that a process group has used (Linux): hardly disturbed by other load."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
            serve("benchmarks.anchored:application", SERVICE, environment) as service,
            serve("benchmarks.bare:application", BARE, dict(os.environ)) as bare,
        ):
            measure(list_cases(service, bare), arguments)


if __name__ == "__main__":
    main()
