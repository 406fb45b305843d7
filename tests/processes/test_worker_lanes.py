"""The real worker: what waits for one machine keeps nothing else waiting."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.processes.conftest import ROOT, OwnDatabase
from tests.syndication.webhooks.receiver import Receiver, Reply, receive

pytestmark = pytest.mark.long
HANGS = 12.0  # seconds


@pytest.fixture
def partner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Takes very long to answer."""
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "127.0.0.0/8")
    with receive() as partner:
        partner.reply = Reply(delay=HANGS)
        yield partner


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("EMAIL_URL", "dummymail://")
    with receive() as cache:
        monkeypatch.setenv("PURGE_URLS", cache.url)
        yield cache


def wait_until(is_so: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_receiver_that_hangs_delays_no_purge_and_the_worker_ends_when_it_is_told_to(
    own_database: OwnDatabase, partner: Receiver, cache: Receiver
) -> None:
    own_database.run("prepare_webhook", partner.url)
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval=1"],
        cwd=ROOT,
        env=own_database.environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: partner.requests and cache.requests, 60)
        purged = len(cache.requests)
        own_database.run("publish_more")
        wait_until(lambda: len(cache.requests) > purged, 3)
        assert len(partner.requests) >= 1

        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=HANGS + 10)
        assert worker.returncode == 0
    finally:
        worker.kill()
        worker.wait()
