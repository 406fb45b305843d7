"""Enqueuing: with the transaction, once for each key, for handlers that are there."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from calfcms.jobs.actions.enqueue import enqueue
from calfcms.jobs.handlers import NoHandler, register_handler
from calfcms.jobs.models import Job
from tests.jobs.conftest import Postman

pytestmark = pytest.mark.django_db


def test_a_job_is_due_at_once(postman: Postman, at: datetime) -> None:
    job = enqueue(name="deliver", key="letter:1", arguments={"to": "A"}, at=at)

    assert (job.run_at, job.attempts, job.arguments) == (at, 0, {"to": "A"})


def test_a_job_may_be_for_later(postman: Postman, at: datetime) -> None:
    later = at + timedelta(days=1)

    assert (
        enqueue(name="deliver", key="letter:1", arguments={}, at=at, run_at=later).run_at == later
    )


def test_the_same_key_twice_is_one_job_and_the_first_one_stays(
    postman: Postman, at: datetime
) -> None:
    first = enqueue(name="deliver", key="letter:1", arguments={"to": "A"}, at=at)

    second = enqueue(name="deliver", key="letter:1", arguments={"to": "B"}, at=at)

    assert second == first
    assert Job.objects.get().arguments == {"to": "A"}


def test_a_job_that_is_done_is_not_done_again_under_its_key(postman: Postman, at: datetime) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)
    Job.objects.update(done_at=at)

    enqueue(name="deliver", key="letter:1", arguments={}, at=at)

    assert Job.objects.get().done_at == at


def test_what_is_rolled_back_leaves_no_job(postman: Postman, at: datetime) -> None:
    with transaction.atomic():
        enqueue(name="deliver", key="letter:1", arguments={}, at=at)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_it_refuses_a_name_without_a_handler(at: datetime) -> None:
    with pytest.raises(NoHandler, match='"teleport": call register_handler'):
        enqueue(name="teleport", key="letter:1", arguments={}, at=at)


def test_two_handlers_of_one_name_are_refused(postman: Postman) -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        register_handler("deliver", Postman().deliver)


@pytest.mark.parametrize(
    "columns",
    [
        {"key": ""},
        {"name": ""},
        {"leased_until": datetime.fromisoformat("2026-11-21T12:00:00Z")},
        {
            "done_at": datetime.fromisoformat("2026-11-21T12:00:00Z"),
            "failed_at": datetime.fromisoformat("2026-11-21T12:00:00Z"),
        },
    ],
)
def test_the_database_refuses_what_makes_no_sense(
    postman: Postman, at: datetime, columns: dict[str, object]
) -> None:
    enqueue(name="deliver", key="letter:1", arguments={}, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**columns)
