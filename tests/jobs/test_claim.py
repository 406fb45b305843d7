"""Claiming and ending: one holder at a time, leases that run out, waits that double."""

from datetime import datetime, timedelta

import pytest

from calfcms.jobs.actions.claim import claim
from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.actions.finish import LONGEST_ERROR, LeaseLost, fail, finish, get_wait
from calfcms.jobs.actions.retry import retry_failed
from calfcms.jobs.handlers import LEASE
from calfcms.jobs.models import Job
from tests.jobs.conftest import Postman

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def take(at: datetime) -> Job:
    job = claim(at=at)
    assert job is not None
    return job


@pytest.fixture
def job(postman: Postman, at: datetime) -> Job:
    return enqueue(name="deliver", key="letter:1", arguments={}, at=at)


def test_nothing_is_claimed_before_it_is_due(job: Job, at: datetime) -> None:
    assert claim(at=at - SECOND) is None


def test_what_has_been_due_longest_comes_first(postman: Postman, at: datetime) -> None:
    enqueue(name="deliver", key="later", arguments={}, at=at, run_at=at + SECOND)
    enqueue(name="deliver", key="sooner", arguments={}, at=at)

    keys = [take(at + SECOND).key, take(at + SECOND).key]

    assert keys == ["sooner", "later"]


def test_a_claimed_job_is_nobody_elses(job: Job, at: datetime) -> None:
    take(at)

    assert claim(at=at + LEASE - SECOND) is None


def test_a_job_whose_worker_died_is_due_again_when_its_lease_is_over(
    job: Job, at: datetime
) -> None:
    first = take(at)

    second = take(at + LEASE)

    assert second == first
    assert second.attempts == 2
    assert second.lease != first.lease


def test_who_lost_the_lease_can_neither_finish_nor_fail(job: Job, at: datetime) -> None:
    slow = take(at)
    take(at + LEASE)

    with pytest.raises(LeaseLost):
        finish(job=slow, at=at + LEASE)
    with pytest.raises(LeaseLost):
        fail(job=slow, at=at + LEASE, error="late")

    assert Job.objects.get().done_at is None


def test_a_finished_job_is_never_claimed_again(job: Job, at: datetime) -> None:
    finish(job=take(at), at=at)

    assert claim(at=at + timedelta(days=1000)) is None


def test_each_wait_is_twice_as_long_as_the_one_before() -> None:
    assert [get_wait(attempts).total_seconds() for attempts in (1, 2, 3, 4)] == [30, 60, 120, 240]


def test_a_failed_job_waits_and_is_tried_again(job: Job, at: datetime) -> None:
    will_be_tried = fail(job=take(at), at=at, error="closed")

    assert will_be_tried
    assert claim(at=at + get_wait(1) - SECOND) is None
    assert take(at + get_wait(1)).last_error == "closed"


def test_it_is_given_up_after_the_last_attempt(job: Job, at: datetime) -> None:
    for _ in range(2):
        fail(job=take(at), at=at - timedelta(days=1), error="closed")

    will_be_tried = fail(job=take(at), at=at, error="x" * (LONGEST_ERROR + 1))

    assert not will_be_tried
    assert claim(at=at + timedelta(days=1000)) is None
    assert Job.objects.get().failed_at == at
    assert len(Job.objects.get().last_error) == LONGEST_ERROR


def test_what_was_given_up_can_be_tried_again_by_hand(job: Job, at: datetime) -> None:
    Job.objects.update(failed_at=at, attempts=3)

    keys = retry_failed(at=at + SECOND)

    assert keys == ["letter:1"]
    assert take(at + SECOND).attempts == 1


def test_retrying_leaves_alone_what_is_done(job: Job, at: datetime) -> None:
    Job.objects.update(done_at=at)

    assert retry_failed(at=at) == []
    assert claim(at=at) is None
