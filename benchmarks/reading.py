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
import statistics
import subprocess
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import fill, make_database, serve

SERVICE = "http://127.0.0.1:8451"
BARE = "http://127.0.0.1:8452"
API = f"{SERVICE}/api/v1"
DETAIL = f"{API}/conditions/condition-7"
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Case:
    """An address to ask, what to send along, and what was measured in each round."""

    server: int
    url: str
    headers: list[str] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    """Requests per second."""
    costs: list[float] = field(default_factory=list)
    """The server's CPU time for each, in µs."""
    p50s: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)
    """Milliseconds until the answer, with all connections asking at once."""


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
        "detail, three fields": Case(service, f"{DETAIL}?fields=title,summary,faqs"),
        "304": Case(service, DETAIL, [f"If-None-Match: {tag}"]),
        "old edition": Case(service, f"{DETAIL}/editions/1"),
        "list of 20": Case(service, f"{API}/conditions"),
        "list of 20, one topic": Case(service, f"{API}/conditions?topic=topic-3"),
        "feed of 100": Case(service, f"{API}/changes?limit=100"),
    }


def measure(cases: dict[str, Case], arguments: argparse.Namespace) -> None:
    """Ask every case once in each round, each time in a new order."""
    for _ in range(arguments.rounds):
        for case in random.sample(list(cases.values()), len(cases)):
            run_wrk(case, arguments)


def show(cases: dict[str, Case]) -> None:
    """Medians and ratios, as a table."""
    heads = ("requests/s", "× bare", "× ours", "p50 ms", "p99 ms", "CPU µs", "× bare")
    print(f"{'':30}{heads[0]:>11}" + "".join(f"{head:>8}" for head in heads[1:]))
    rates = {name: statistics.median(case.rates) for name, case in cases.items()}
    (bare, ours) = list(rates.values())[:2]
    bare_cost = statistics.median(next(iter(cases.values())).costs)
    for name, case in cases.items():
        cost = statistics.median(case.costs)
        print(
            f"{name:30}{rates[name]:11.0f}{bare / rates[name]:8.2f}{ours / rates[name]:8.2f}"
            f"{statistics.median(case.p50s):8.2f}{statistics.median(case.p99s):8.2f}"
            f"{cost:8.0f}{cost / bare_cost:8.2f}"
        )


def run_wrk(case: Case, arguments: argparse.Namespace) -> None:
    """Measure one case once. Refuse any error."""
    options = [option for header in case.headers for option in ("-H", header)]
    load = ["-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", "--latency"]
    before = read_cpu_seconds(case.server)
    command = ["wrk", *load, *options, case.url]
    output = subprocess.run(command, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    count = re.search(r"(\d+) requests in", output)
    if "Non-2xx" in output or not (rate and count and int(count.group(1))):
        raise SystemExit(f"{case.url} was not answered as it should be:\n{output}")
    case.rates.append(float(rate.group(1)))
    case.costs.append((read_cpu_seconds(case.server) - before) / int(count.group(1)) * 1e6)
    case.p50s.append(_read_latency(output, 50))
    case.p99s.append(_read_latency(output, 99))


def _read_latency(output: str, percent: int) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)$", output, re.MULTILINE)
    return float(found.group(1)) * _UNITS[found.group(2)] if found else float("nan")


def read_cpu_seconds(group: int) -> float:
    """The CPU time that a process group has used (Linux): hardly disturbed by other load."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def run(documents: int, editions: int, arguments: argparse.Namespace) -> dict[str, Case]:
    """Fill a database, serve it, measure, clean up."""
    with make_database(arguments.database) as url:
        environment = fill(url, documents, editions)
        with (
            serve("benchmarks.anchored:application", SERVICE, environment) as service,
            serve("benchmarks.bare:application", BARE, dict(os.environ)) as bare,
        ):
            cases = list_cases(service, bare)
            measure(cases, arguments)
    return cases


def read_arguments(description: str | None) -> argparse.ArgumentParser:
    """What every benchmark of reading can be told."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="URL of a PostgreSQL server's maintenance database")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=16)
    return parser


def main() -> None:
    """One size, every case."""
    parser = read_arguments(__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--editions", type=int, default=20)
    arguments = parser.parse_args()
    show(run(arguments.documents, arguments.editions, arguments))


if __name__ == "__main__":
    main()
