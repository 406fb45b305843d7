"""Mails over real SMTP, to a receiver of our own."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import pytest

from calfcms.jobs.models import Job
from calfcms.jobs.rounds import Worker
from calfcms.notices.models import Notice
from tests.notices.conftest import GLASS_ELBOW
from tests.publishing.conftest import Workflow
from tests.receiver import Receiver, receive_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receive_mail() as receiver:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", receiver.port
        yield receiver


@pytest.fixture
def worker(team: Workflow, at: datetime) -> Worker:
    """A worker that finds a submission in the log."""
    team.submit(team.save())
    return Worker(clock=lambda: at)


def test_a_notice_arrives(worker: Worker, receiver: Receiver) -> None:
    worker.do_round()

    (received,) = receiver.mails
    mail = message_from_bytes(received.content, policy=policy.default)
    assert received.recipients == ["reviewer@example.org"]
    assert mail["To"] == "reviewer@example.org"
    assert mail["From"] == "calfcms@localhost"
    assert mail["Subject"] == f"{GLASS_ELBOW}: waits for a sign-off"
    assert Notice.objects.get().mailed_at


def test_a_refused_address_is_tried_again_and_stays_out_of_the_log(
    worker: Worker, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.refusal = "550 no such mailbox"

    worker.do_round()

    assert receiver.mails == []
    assert Job.objects.get().last_error == (
        "RecipientRefused: The mail server refused the address: [550]."
    )
    assert "example.org" not in caplog.text
    assert Notice.objects.get().mailed_at is None


def test_a_mail_server_that_is_away_delays_and_loses_nothing(
    worker: Worker, receiver: Receiver, at: datetime
) -> None:
    receiver.close()
    worker.do_round()
    assert "ConnectionRefusedError" in Job.objects.get().last_error

    receiver.open()
    Job.objects.update(run_at=at)
    worker.do_round()

    assert len(receiver.mails) == 1
