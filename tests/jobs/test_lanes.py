"""Lanes: jobs that wait for other machines do not keep the others waiting. And putting off."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from calfcms.jobs.actions.claim import claim
from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.handlers import PutOff, list_lanes, register_handler
from calfcms.jobs.lanes import MAIN, Lane
from calfcms.jobs.models import Job, WorkerHeartbeat
from calfcms.jobs.rounds import Worker
from tests.jobs.conftest import Postman

pytestmark = pytest.mark.django_db
ABROAD = Lane("abroad", threads=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def courier(postman: Postman) -> Postman:
    """Does the jobs called `fly`, in a lane of their own."""
    courier = Postman()
    register_handler("fly", courier.deliver, lane=ABROAD)
    return courier


@pytest.fixture
def _both(courier: Postman, at: datetime) -> None:
    enqueue(name="fly", key="fly:1", arguments={}, at=at)
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)


def take(at: datetime, lane: Lane | None = None) -> str | None:
    job = claim(at=at, lane=lane)
    return job.key if job else None


@pytest.mark.usefixtures("_both")
def test_each_lane_takes_its_own_jobs(at: datetime) -> None:
    assert [take(at, MAIN), take(at, MAIN)] == ["letter:1", None]
    assert [take(at, ABROAD), take(at, ABROAD)] == ["fly:1", None]


@pytest.mark.usefixtures("_both")
def test_without_a_lane_all_are_taken(at: datetime) -> None:
    assert [take(at), take(at), take(at)] == ["fly:1", "letter:1", None]


def test_jobs_that_nobody_knows_belong_to_the_main_lane(courier: Postman, at: datetime) -> None:
    Job.objects.create(name="teleport", key="x", enqueued_at=at, run_at=at)

    assert [take(at, ABROAD), take(at, MAIN)] == [None, "x"]


def test_the_lanes_are_those_that_handlers_chose(courier: Postman) -> None:
    assert list_lanes() == [ABROAD]


@pytest.mark.usefixtures("_both")
def test_a_worker_of_a_lane_does_its_jobs_and_no_others(
    courier: Postman, postman: Postman, at: datetime
) -> None:
    Worker(clock=lambda: at, lane=ABROAD).do_jobs()

    assert (len(courier.done), len(postman.done)) == (1, 0)
    assert not WorkerHeartbeat.objects.exists()


def test_a_handler_may_put_its_job_off_without_having_failed(
    at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    def hesitate(arguments: dict[str, Any], *, at: datetime) -> None:
        raise PutOff(at + 10 * SECOND)

    register_handler("hesitate", hesitate, max_attempts=1)
    enqueue(name="hesitate", key="x", arguments={}, at=at)
    worker = Worker(clock=lambda: at)

    worker.do_jobs()

    job = Job.objects.get()
    assert (job.run_at, job.attempts, job.failed_at, job.last_error) == (
        at + 10 * SECOND,
        0,
        None,
        "",
    )
    assert worker.failures == 0
    assert take(at + 9 * SECOND) is None
    assert take(at + 10 * SECOND) == "x"


def test_a_handler_may_have_failures_tried_again_sooner(at: datetime) -> None:
    eager = Postman()
    eager.failures = 2
    register_handler("eager", eager.deliver, first_wait=SECOND)
    enqueue(name="eager", key="x", arguments={}, at=at)

    Worker(clock=lambda: at).do_jobs()
    assert Job.objects.get().run_at == at + SECOND
    Worker(clock=lambda: at + SECOND).do_jobs()
    assert Job.objects.get().run_at == at + 3 * SECOND
