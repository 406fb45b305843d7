"""Workers that are killed at any moment lose no job and do none twice without need."""

import json
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.processes.conftest import OwnDatabase

pytestmark = pytest.mark.long

JOBS = 60
JOB_SECONDS = 0.4
WORKERS = 2
KILLS = 6
PATIENCE = 120
"""Seconds in which anything must have happened that a test waits for."""


def show(database: OwnDatabase) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(database.run("worker_jobs", "show"))
    return state


def start_worker(database: OwnDatabase, folder: Path) -> "subprocess.Popen[str]":
    return database.start("worker_of_tests", str(folder), "--interval", "0.2")


def read_lines(folder: Path, name: str) -> list[tuple[int, int]]:
    """The numbers of jobs that were begun, with the processes that began them."""
    file = folder / f"{name}.txt"
    lines = file.read_text().splitlines() if file.exists() else []
    return [(int(job), int(process)) for job, process in map(str.split, lines)]


def wait_until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kill_at_random(database: OwnDatabase, folder: Path, dice: random.Random) -> None:
    """Have workers at work, and kill the older of them again and again; two are left at the end."""
    workers = [start_worker(database, folder) for _ in range(WORKERS)]
    for _ in range(KILLS):
        kill_at_work(workers.pop(0), folder, dice)
        workers.append(start_worker(database, folder))
    wait_until(lambda: not show(database)["pending"])
    for worker in workers:
        stop(worker)


def is_at_work(worker: "subprocess.Popen[str]", folder: Path) -> bool:
    lines = read_lines(folder, "count")
    jobs, processes = {job for job, _ in lines}, {process for _, process in lines}
    return worker.pid in processes or len(jobs) == JOBS


def kill_at_work(worker: "subprocess.Popen[str]", folder: Path, dice: random.Random) -> None:
    """Kill -9, some time after this worker has begun its first job (or there is none left)."""
    wait_until(lambda: is_at_work(worker, folder))
    time.sleep(dice.uniform(0, 2 * JOB_SECONDS))
    assert worker.poll() is None
    worker.kill()
    worker.communicate()


def stop(worker: "subprocess.Popen[str]") -> str:
    """Tell a worker to stop; its log."""
    worker.terminate()
    _, log = worker.communicate(timeout=30)
    assert worker.returncode == 0, log
    return log


def test_killed_workers_lose_nothing_and_double_nothing(
    own_database: OwnDatabase, tmp_path: Path
) -> None:
    own_database.run("worker_jobs", "add", str(JOBS), str(JOB_SECONDS))

    kill_at_random(own_database, tmp_path, random.Random(3))  # noqa: S311 - no secret

    state = show(own_database)
    keys = [f"{name}:{number}" for name in ("count", "follow") for number in range(JOBS)]
    assert state["done"] == sorted(keys)
    # Begun again only after the lease of a killed worker was over: once for each kill, at most.
    begun = Counter(
        f"{name}:{job}" for name in ("count", "follow") for job, _ in read_lines(tmp_path, name)
    )
    assert begun.keys() == set(keys)
    assert all(begun[key] <= state["attempts"][key] for key in keys)
    assert 1 <= sum(state["attempts"].values()) - len(keys) <= KILLS


def test_a_worker_that_is_told_to_stop_ends_its_job_and_begins_no_other(
    own_database: OwnDatabase, tmp_path: Path
) -> None:
    own_database.run("worker_jobs", "add", "2", "1.5")
    worker = start_worker(own_database, tmp_path)
    wait_until(lambda: read_lines(tmp_path, "count"))

    log = stop(worker)

    state = show(own_database)
    assert state["done"] == ["count:0"]
    assert state["attempts"] == {"count:0": 1, "count:1": 0, "follow:0": 0}
    assert "job count count:0 done" in log
    assert "ends" in log.splitlines()[-1]


def test_a_worker_outlives_a_lost_connection(own_database: OwnDatabase, tmp_path: Path) -> None:
    if own_database.url.startswith("sqlite"):
        pytest.skip("SQLite has no connection to lose")
    worker = start_worker(own_database, tmp_path)
    wait_until(lambda: show(own_database)["workers"])

    cut_connections(own_database)
    own_database.run("worker_jobs", "add", "3")
    wait_until(lambda: not show(own_database)["pending"])

    stop(worker)


def cut_connections(database: OwnDatabase) -> None:
    import psycopg

    url = database.url.replace("postgresql://", "postgres://")
    with psycopg.connect(url, autocommit=True) as connection:
        cut = connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    assert cut is not None
    assert cut[0] >= 1
