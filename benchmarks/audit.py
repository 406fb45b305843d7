"""Whether a page of the audit log costs the same among many events, and what a walk costs.

python -m benchmarks.audit                                      # temporary SQLite files
python -m benchmarks.audit --database postgres://…/postgres     # temporary databases there
"""

import argparse
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.servers import make_database, make_environment

START = datetime(2024, 1, 1, tzinfo=UTC)
ACTIONS = ("draft.saved",) * 17 + ("draft.submitted", "review.approved", "edition.published")
PEOPLE = 12
BATCH = 5_000


def write_events(count: int) -> None:
    """A log of that many events, each continuing the one before."""
    from calfcms.publishing.audit import GENESIS, Entry
    from calfcms.publishing.models import AuditHead, Event

    previous, batch = GENESIS, []
    for seq in range(1, count + 1):
        entry = Entry(
            seq=seq,
            at=START + timedelta(seconds=30 * seq),
            actor_id=str(seq % PEOPLE),
            actor=f"Person {seq % PEOPLE}",
            action=ACTIONS[seq % len(ACTIONS)],
            document_id="",
            subject=f"condition number-{seq % 1000} (en)",
            content_digest="",
            edition=None,
            details={"comment": "A few words on what was done."},
            previous_hash=previous,
        )
        previous = entry.compute_hash()
        batch.append(Event(**vars(entry) | {"document_id": None}, hash=previous))
        if len(batch) == BATCH or seq == count:
            Event.objects.bulk_create(batch)
            batch = []
    AuditHead.objects.update(seq=count, hash=previous)


def measure() -> None:
    """Milliseconds for pages deep inside, and seconds for the whole walk. In this process."""
    from calfcms.publishing.audit_search import EventFilter, list_events
    from calfcms.publishing.models import AuditHead
    from calfcms.publishing.selectors import find_audit_break

    count = AuditHead.objects.get().seq
    middle = START + timedelta(seconds=30 * count // 2)
    searches = {
        "newest": EventFilter(),
        "one action": EventFilter(action="edition.published"),
        "one person": EventFilter(actor_id="3"),
        "a day": EventFilter(since=middle, before=middle + timedelta(days=1)),
    }
    for name, chosen in searches.items():
        print(f"{count:10,} events, page of 100, {name:12}{_time(chosen, list_events):8.2f} ms")
    begun = time.perf_counter()
    if broken := find_audit_break():
        raise SystemExit(broken.message)
    seconds = time.perf_counter() - begun
    print(f"{count:10,} events, walk{seconds:27.1f} s = {seconds / count * 1e6:.0f} µs each")


def _time(chosen: Any, list_events: Any) -> float:
    best = float("inf")
    for _ in range(10):
        begun = time.perf_counter()
        events = list_events(chosen, limit=100, newest_first=True)
        best = min(best, time.perf_counter() - begun)
        assert events
    return best * 1e3


def main() -> None:
    """Each size in a database and a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", help="URL of a PostgreSQL server's maintenance database")
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--fill", type=int, help="used by the benchmark itself")
    arguments = parser.parse_args()
    if arguments.fill:
        import django

        django.setup()
        write_events(arguments.fill)
        measure()
        return
    for size in arguments.sizes.split(","):
        with make_database(arguments.database) as url:
            environment = make_environment(url)
            for command in (
                ["-m", "django", "migrate", "-v0"],
                ["-m", "benchmarks.audit", "--fill", size],
            ):
                subprocess.run([sys.executable, *command], env=environment, check=True)


if __name__ == "__main__":
    main()
