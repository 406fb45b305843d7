"""Delivering: signed, tried again for three days, noted each time; never lost, never endless."""

import json
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from calfcms.jobs.models import Job
from calfcms.publishing.models import Event
from calfcms.syndication.models import Attempt, Delivery, Partner, WebhookEndpoint
from calfcms.syndication.webhooks.schedule import LIFETIME
from tests.syndication.webhooks.conftest import queue, work
from tests.syndication.webhooks.receiver import Receiver, Reply

pytestmark = pytest.mark.django_db
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def next_attempt() -> datetime | None:
    """When the worker will try again; None where it will not."""
    job = Job.objects.filter(name="syndication.deliver", done_at=None).order_by("run_at").first()
    return job.run_at if job else None


def work_through(at: datetime) -> datetime:
    """Attempt after attempt, each when it is due, until there are no more; the last moment."""
    last = at
    while (due := next_attempt()) is not None:
        last = max(due, last)
        work(last)
    return last


def test_it_arrives_and_can_be_verified(receiver: Receiver, endpoint: WebhookEndpoint) -> None:
    now = timezone.now()
    delivery = queue(endpoint, now)

    work(now)

    (request,) = receiver.requests
    verified = Webhook(endpoint.secret).verify(request.body, request.headers)
    assert verified["type"] == "edition.published"
    assert request.headers["webhook-id"] == delivery.message_id
    assert request.headers["webhook-timestamp"] == str(int(now.timestamp()))
    assert request.headers["content-type"] == "application/json"
    assert request.body.decode() == delivery.body


def test_a_success_is_noted_and_ends_it(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.reply = Reply(200, body=b"thank you")
    delivery = queue(endpoint, at)

    work(at)
    work(at + HOUR)

    delivery.refresh_from_db()
    attempt = Attempt.objects.get()
    assert (delivery.delivered_at, delivery.given_up_at) == (at, None)
    assert (attempt.at, attempt.status, attempt.error, attempt.answer) == (
        at,
        200,
        "",
        "thank you",
    )
    assert len(receiver.requests) == 1
    assert next_attempt() is None


def test_a_failure_is_noted_and_tried_again_with_the_same_id_and_a_new_timestamp(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.replies = [Reply(500, body=b"the database is down")]
    queue(endpoint, at)

    work(at)
    assert next_attempt() == at + 5 * SECOND
    work(at + 5 * SECOND)

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    stamps = [int(request.headers["webhook-timestamp"]) for request in (first, second)]
    assert stamps[1] - stamps[0] == 5
    assert first.body == second.body
    assert list(Attempt.objects.values_list("status", "error", "answer")) == [
        (500, "The answer was 500 Internal Server Error.", "the database is down"),
        (204, "", ""),
    ]


def test_nothing_is_sent_before_it_is_due_again(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.reply = Reply(500)
    queue(endpoint, at)

    work(at)
    work(at + 4 * SECOND)

    assert len(receiver.requests) == 1


def test_after_three_days_it_is_given_up_and_the_endpoint_disabled(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.reply = Reply(500)
    delivery = queue(endpoint, at)

    last = work_through(at)

    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert last == at + LIFETIME
    assert len(receiver.requests) == Attempt.objects.count() == 11
    assert (delivery.delivered_at, delivery.given_up_at) == (None, last)
    assert endpoint.disabled_at == last
    assert endpoint.disabled_by is not None
    assert endpoint.disabled_by.username == "calfcms-worker"
    assert endpoint.disabled_reason == (
        "Nothing reached it for three days. The last attempt: "
        "The answer was 500 Internal Server Error."
    )


def test_an_endpoint_that_was_reached_meanwhile_stays_enabled(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.reply = Reply(500)
    hopeless = queue(endpoint, at)
    work(at)
    receiver.replies = [Reply(200)]
    queue(endpoint, at + SECOND, "event:2")
    work(at + SECOND)

    last = work_through(at + SECOND)

    hopeless.refresh_from_db()
    endpoint.refresh_from_db()
    assert hopeless.given_up_at == last
    assert endpoint.is_enabled


def test_410_disables_the_endpoint_at_once_and_gives_up_all_that_is_open(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.replies = [Reply(500), Reply(410)]
    queue(endpoint, at)
    work(at)
    queue(endpoint, at + SECOND, "event:2")

    work(at + SECOND)

    endpoint.refresh_from_db()
    assert endpoint.disabled_at == at + SECOND
    assert "It answered 410 Gone." in endpoint.disabled_reason
    assert set(Delivery.objects.values_list("given_up_at", flat=True)) == {at + SECOND}
    work(at + HOUR)
    assert len(receiver.requests) == 2
    assert next_attempt() is None


def test_that_it_was_disabled_is_in_the_audit_log_and_mailed_to_the_partner_once(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.reply = Reply(410)
    queue(endpoint, at)

    work(at)
    work(at + MINUTE)

    event = Event.objects.get(action="webhook.disabled")
    assert event.subject == "partner city-clinic"
    assert event.actor == "calfcms worker"
    assert event.details["receiver"] == f"http://127.0.0.1:{receiver.port}"
    assert "/hook" not in json.dumps(event.details)
    (message,) = mail.outbox
    assert message.to == ["web@clinic.example"]
    assert "It answered 410 Gone." in message.body
    assert "/api/v1/changes" in message.body


def test_nobody_is_mailed_about_what_was_enabled_again_meanwhile(
    receiver: Receiver, endpoint: WebhookEndpoint, partner: Partner, at: datetime
) -> None:
    receiver.reply = Reply(410)
    Partner.objects.update(contact_email="")
    queue(endpoint, at)

    work(at)

    assert mail.outbox == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_that_asks_for_a_pause_gets_it_for_everything(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime, status: int
) -> None:
    receiver.replies = [Reply(status, {"Retry-After": "3600"})]
    queue(endpoint, at)
    queue(endpoint, at, "event:2")

    work(at)
    assert len(receiver.requests) == 1
    work(at + HOUR - SECOND)
    assert len(receiver.requests) == 1
    work(at + HOUR)

    assert len(receiver.requests) == 3
    assert Delivery.objects.exclude(delivered_at=None).count() == 2


def test_other_failures_do_not_make_it_wait(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.replies = [Reply(500, {"Retry-After": "3600"})]
    queue(endpoint, at)

    work(at)

    assert next_attempt() == at + 5 * SECOND


def test_an_endpoint_that_cannot_be_reached_rests_so_that_others_need_not_wait(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.close()
    for number in range(20):
        queue(endpoint, at, f"event:{number}")

    work(at)

    assert Attempt.objects.count() == 1
    endpoint.refresh_from_db()
    assert endpoint.resting_until == at + 5 * SECOND


def test_a_success_ends_rest_and_failing(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.replies = [Reply(503, {"Retry-After": "60"})]
    queue(endpoint, at)
    work(at)

    work(at + MINUTE)

    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.resting_until) == (None, None)


def test_a_redirect_is_a_failure_that_says_where_it_led(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    receiver.replies = [Reply(301, {"Location": "https://elsewhere.example/"})]
    queue(endpoint, at)

    work(at)

    attempt = Attempt.objects.get()
    assert attempt.error == "Redirects are not followed: 301 to https://elsewhere.example/."
    assert len(receiver.requests) == 1


def test_an_address_that_is_no_longer_allowed_is_not_called(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime, settings: object
) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = []  # type: ignore[attr-defined]
    queue(endpoint, at)

    work(at)

    assert "which is not called (this machine)" in Attempt.objects.get().error
    assert receiver.requests == []


def test_nothing_goes_to_a_partner_that_was_closed(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    delivery = queue(endpoint, at)
    Partner.objects.update(is_active=False)

    work(at)

    delivery.refresh_from_db()
    assert delivery.given_up_at == at
    assert receiver.requests == []


def test_while_rotating_both_secrets_sign_and_then_only_the_new_one(
    receiver: Receiver, endpoint: WebhookEndpoint
) -> None:
    now, old = timezone.now(), endpoint.secret
    WebhookEndpoint.objects.update(
        secret="whsec_bmV3bmV3bmV3bmV3bmV3bmV3",
        previous_secret=old,
        previous_secret_until=now + MINUTE,
    )
    queue(endpoint, now)
    queue(endpoint, now + MINUTE, "event:2")

    work(now)
    work(now + MINUTE)

    during, after = receiver.requests
    assert len(during.headers["webhook-signature"].split()) == 2
    assert Webhook(old).verify(during.body, during.headers)
    assert len(after.headers["webhook-signature"].split()) == 1
    endpoint.refresh_from_db()
    assert Webhook(endpoint.secret).verify(after.body, after.headers)


def test_an_attempt_whose_record_was_lost_is_made_again_under_the_same_id(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    queue(endpoint, at)
    work(at)
    Attempt.objects.all().delete()
    Delivery.objects.update(delivered_at=None)
    Job.objects.filter(name="syndication.deliver").update(done_at=None)

    work(at + MINUTE)

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Delivery.objects.get().delivered_at == at + MINUTE


def test_an_attempt_that_was_recorded_is_not_made_again_where_only_the_job_was_lost(
    receiver: Receiver, endpoint: WebhookEndpoint, at: datetime
) -> None:
    queue(endpoint, at)
    work(at)
    Job.objects.filter(name="syndication.deliver").update(done_at=None)

    work(at + MINUTE)

    assert len(receiver.requests) == 1
    assert next_attempt() is None
