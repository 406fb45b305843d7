"""How fast pages that differ are searched, as ratios to a bare Django measured in the same rounds.

    python -m benchmarks.searching --documents 1000
    python -m benchmarks.searching --documents 10000 --database postgres://…/postgres

`benchmarks.reading` asks one question over and over, which a process answers from what it sent
last. Here it is asked new ones too, each put together from words of the pages at random.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.reading import API, BARE, SERVICE, read_cpu_seconds
from benchmarks.searchable import Writer
from benchmarks.servers import make_database, make_environment, serve

QUESTIONS = 20_000


@dataclass
class Case:
    """Addresses to ask in turn, and what was measured in each round."""

    server: int
    urls: Sequence[str]
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """The server's CPU time for each, in µs; that of PostgreSQL is not in it."""


def list_cases(service: int, bare: int) -> dict[str, Case]:
    """What is measured, by name."""
    words = Writer().words
    return {
        "anchor: bare Django": Case(bare, [f"{BARE}/anchor"]),
        "the same question again": Case(service, [_ask(["pain"])]),
        "new: one rare word": Case(service, _make_up(words[5_000:], 1)),
        "new: two words": Case(service, _make_up(words[200:3_000], 2)),
        "new: three common words": Case(service, _make_up(words[:60], 3)),
    }


def _make_up(words: Sequence[str], count: int) -> list[str]:
    chance = random.Random(5)
    return [_ask(chance.choices(words, k=count)) for _ in range(QUESTIONS)]


def _ask(words: Sequence[str]) -> str:
    return f"{API}/conditions?{urlencode({'q': ' '.join(words)})}"


def run_wrk(case: Case, folder: Path, arguments: argparse.Namespace) -> None:
    """Measure one case once. Refuse any error."""
    paths = [url.partition("/")[2].partition("/")[2].partition("/")[2] for url in case.urls]
    script = folder / "ask.lua"
    listed = ",".join(f'"/{path}"' for path in random.sample(paths, len(paths)))
    script.write_text(
        f"paths = {{{listed}}} at = 0\n"
        "request = function() at = at % #paths + 1 return wrk.format(nil, paths[at]) end\n"
    )
    load = ["-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", "-s", str(script)]
    before = read_cpu_seconds(case.server)
    output = subprocess.run(["wrk", *load, case.urls[0]], capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    count = re.search(r"(\d+) requests in", output)
    if "Non-2xx" in output or not (rate and count and int(count.group(1))):
        raise SystemExit(f"{case.urls[0]} was not answered as it should be:\n{output}")
    case.rates.append(float(rate.group(1)))
    case.costs.append((read_cpu_seconds(case.server) - before) / int(count.group(1)) * 1e6)


def show(cases: dict[str, Case]) -> None:
    """Medians and ratios, as a table."""
    anchor = next(iter(cases.values()))
    bare, bare_cost = statistics.median(anchor.rates), statistics.median(anchor.costs)
    print(f"{'':30}{'requests/s':>11}{'× bare':>8}{'CPU µs':>8}{'× bare':>8}")
    for name, case in cases.items():
        rate, cost = statistics.median(case.rates), statistics.median(case.costs)
        print(f"{name:30}{rate:11.0f}{bare / rate:8.2f}{cost:8.0f}{cost / bare_cost:8.2f}")


def main() -> None:
    """Fill a database, serve it, measure, clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="URL of a PostgreSQL server's maintenance database")
    parser.add_argument("--filled", help="URL of a database that `benchmarks.searchable` filled")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    arguments = parser.parse_args()
    if arguments.filled:
        measure(make_environment(arguments.filled), arguments)
        return
    with make_database(arguments.database) as url:
        environment = make_environment(url)
        for command in (
            ["-m", "django", "migrate", "-v0"],
            ["-m", "benchmarks.searchable", str(arguments.documents)],
        ):
            subprocess.run([sys.executable, *command], env=environment, check=True)
        measure(environment, arguments)


def measure(environment: dict[str, str], arguments: argparse.Namespace) -> None:
    """Ask every case once in each round, each time in a new order."""
    with (
        serve("benchmarks.anchored:application", SERVICE, environment) as service,
        serve("benchmarks.bare:application", BARE, dict(os.environ)) as bare,
        tempfile.TemporaryDirectory() as folder,
    ):
        cases = list_cases(service, bare)
        for _ in range(arguments.rounds):
            for case in random.sample(list(cases.values()), len(cases)):
                run_wrk(case, Path(folder), arguments)
    show(cases)


if __name__ == "__main__":
    main()
