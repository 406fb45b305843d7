"""A round: every duty, then the jobs that are due; no failure stops the rest."""

import logging
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.duties import add_duty, list_duties
from calfcms.jobs.handlers import register_handler
from calfcms.jobs.models import Job, WorkerHeartbeat
from calfcms.jobs.rounds import Worker
from tests.jobs.conftest import Postman

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(at: datetime) -> Worker:
    return Worker(clock=lambda: at)


def break_down(*, at: datetime) -> int:
    raise RuntimeError(f"the duty is broken at {at:%H:%M}")


def rest(*, at: datetime) -> int:
    return 0


def test_a_duty_is_called_with_the_time_and_its_number_is_logged(
    worker: Worker, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[datetime] = []

    def water(*, at: datetime) -> int:
        called.append(at)
        return 3

    add_duty("garden.water", water)
    with caplog.at_level(logging.INFO):
        worker.do_round()

    assert called == [at]
    assert "duty garden.water: 3 done" in caplog.text


def test_a_duty_with_nothing_to_do_is_not_logged(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    add_duty("garden.water", rest)

    with caplog.at_level(logging.INFO):
        worker.do_round()

    assert caplog.text == ""


def test_a_broken_duty_stops_neither_duties_nor_jobs(
    worker: Worker, postman: Postman, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    watered: list[datetime] = []
    add_duty("garden.burn", break_down)

    def water(*, at: datetime) -> int:
        watered.append(at)
        return 1

    add_duty("garden.water", water)
    enqueue(name="deliver", key="letter:1", arguments={"to": "A"}, at=at)

    worker.do_round()

    assert watered == [at]
    assert (postman.done, postman.done_at) == ([{"to": "A"}], [at])
    assert "duty garden.burn failed" in caplog.text
    assert "the duty is broken at 12:00" in caplog.text


def test_jobs_that_a_duty_enqueues_are_done_in_the_same_round(
    worker: Worker, postman: Postman
) -> None:
    def write(*, at: datetime) -> int:
        enqueue(name="deliver", key="letter:1", arguments={}, at=at)
        return 1

    add_duty("office.write", write)

    worker.do_round()

    assert len(postman.done) == 1


def test_two_duties_of_one_name_are_refused() -> None:
    add_duty("garden.burn", break_down)
    add_duty("garden.burn", break_down)  # the same again changes nothing

    with pytest.raises(ValueError, match="Two duties"):
        add_duty("garden.burn", rest)

    assert [duty.name for duty in list_duties()] == ["garden.burn"]


def test_a_failing_job_does_not_stop_the_next(
    worker: Worker, postman: Postman, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    postman.failures = 1
    enqueue(name="deliver", key="letter:1", arguments={"to": "A"}, at=at)
    enqueue(name="deliver", key="letter:2", arguments={"to": "B"}, at=at)

    worker.do_round()

    assert postman.done == [{"to": "B"}]
    failed = Job.objects.get(key="letter:1")
    assert (failed.attempts, failed.last_error) == (
        1,
        "ConnectionError: nobody opened the door",
    )
    assert "job deliver letter:1 failed (attempt 1)" in caplog.text


def test_giving_up_is_loud(
    worker: Worker, postman: Postman, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    postman.failures = 1
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)
    Job.objects.update(attempts=2)

    worker.do_round()

    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "GIVEN UP after 3 attempts" in record.getMessage()
    assert "retry_jobs" in record.getMessage()


def test_a_job_that_kills_its_worker_each_time_is_given_up_without_another_try(
    worker: Worker, postman: Postman, at: datetime
) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)
    Job.objects.update(attempts=3)

    worker.do_round()

    assert postman.done == []
    assert Job.objects.get().failed_at == at
    assert "worker died" in Job.objects.get().last_error


def test_a_job_for_code_that_is_not_here_is_tried_later(worker: Worker, at: datetime) -> None:
    Job.objects.create(name="teleport", key="x", enqueued_at=at, run_at=at)

    worker.do_round()

    assert 'No handler is called "teleport"' in Job.objects.get().last_error
    assert Job.objects.get().run_at > at


def test_losing_the_lease_is_said_and_changes_nothing(
    worker: Worker, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    def dawdle(arguments: dict[str, Any], *, at: datetime) -> None:
        Job.objects.update(lease="00000000-0000-0000-0000-000000000001")

    register_handler("dawdle", dawdle)
    enqueue(name="dawdle", key="x", arguments={}, at=at)

    worker.do_round()

    assert "ran out before it ended" in caplog.text
    assert Job.objects.get().done_at is None


def test_a_worker_that_was_told_to_stop_begins_nothing_more(
    worker: Worker, postman: Postman, at: datetime
) -> None:
    def stop(arguments: dict[str, Any], *, at: datetime) -> None:
        worker.stop()

    register_handler("stop", stop)
    enqueue(name="stop", key="stop", arguments={}, at=at)
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)

    worker.do_round()

    assert postman.done == []
    assert Job.objects.get(key="stop").done_at == at
    assert Job.objects.get(key="letter:1").attempts == 0


def test_a_round_without_time_leaves_its_jobs_to_the_next(
    worker: Worker, postman: Postman, at: datetime
) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)

    worker.do_round(seconds=0)

    assert postman.done == []


def test_each_round_leaves_a_sign_of_life(worker: Worker, at: datetime) -> None:
    worker.do_round()
    worker.do_round()

    heartbeat = WorkerHeartbeat.objects.get()
    assert (heartbeat.beat_at, heartbeat.worker) == (at, worker.name)


def test_once_fails_when_something_failed() -> None:
    add_duty("garden.burn", break_down)

    with pytest.raises(CommandError, match="1 things failed"):
        call_command("worker", once=True)


def test_once_does_what_is_due(postman: Postman, at: datetime) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)

    call_command("worker", once=True)

    assert len(postman.done) == 1


def test_retry_jobs_names_what_it_tries_again(
    postman: Postman, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)
    Job.objects.update(failed_at=at)

    call_command("retry_jobs")

    assert capsys.readouterr().out == "letter:1\n1 jobs are due again.\n"
