"""Adding, changing and stopping endpoints, new secrets, sending by hand; the refusals."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F

from calfcms.jobs.models import Job
from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from calfcms.syndication.actions.disable_endpoint import disable_endpoint, enable_endpoint
from calfcms.syndication.actions.rotate_secret import rotate_secret
from calfcms.syndication.actions.save_endpoint import add_endpoint, change_endpoint
from calfcms.syndication.actions.send_again import send_again, send_test
from calfcms.syndication.models import Attempt, Delivery, Partner, WebhookEndpoint
from tests.publishing.refusals import list_refusals
from tests.syndication.webhooks.conftest import queue, work
from tests.syndication.webhooks.receiver import Receiver, Reply

pytestmark = pytest.mark.django_db
HOOK = "https://clinic.example/hook?token=abc"
DAY = timedelta(days=1)


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("stranger", is_staff=True)


def add(partner: Partner, by: User, at: datetime, **changes: Any) -> WebhookEndpoint:
    asked = {"url": HOOK, "event_types": ["edition.published"]} | changes
    return add_endpoint(partner=partner, by=by, at=at, **asked)


def test_a_new_endpoint_has_a_secret_of_its_own(
    partner: Partner, manager: User, at: datetime
) -> None:
    first = add(partner, manager, at, event_types=["review.overdue", "edition.published"])
    second = add(partner, manager, at, url="https://clinic.example/other")

    assert first.secret != second.secret
    assert first.event_types == ["edition.published", "review.overdue"]
    assert first.is_enabled


def test_the_log_names_the_receiver_and_neither_secret_nor_path(
    partner: Partner, manager: User, at: datetime
) -> None:
    endpoint = add(partner, manager, at)

    event = Event.objects.get()
    said = json.dumps(event.details)
    assert (event.action, event.subject) == ("webhook.added", "partner city-clinic")
    assert event.details["receiver"] == "https://clinic.example"
    assert endpoint.secret not in said
    assert "token" not in said


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"url": "http://clinic.example/"}, ["url_not_https"]),
        ({"url": "https://10.0.0.1/"}, ["address_refused"]),
        ({"url": ""}, ["url_not_https", "host_malformed"]),
        ({"event_types": []}, ["event_types_missing"]),
        ({"event_types": ["edition.read"]}, ["event_type_unknown"]),
        (
            {"url": "x", "event_types": []},
            ["url_not_https", "host_malformed", "event_types_missing"],
        ),
    ],
)
def test_it_is_refused_with_every_reason(
    partner: Partner, manager: User, at: datetime, changes: dict[str, Any], codes: list[str]
) -> None:
    assert list_refusals(lambda: add(partner, manager, at, **changes)) == codes
    assert not WebhookEndpoint.objects.exists()


def test_the_same_address_twice_is_refused(partner: Partner, manager: User, at: datetime) -> None:
    add(partner, manager, at)

    assert list_refusals(lambda: add(partner, manager, at)) == ["url_taken"]


def test_it_can_be_changed(partner: Partner, manager: User, at: datetime) -> None:
    endpoint = add(partner, manager, at)

    change_endpoint(
        endpoint=endpoint,
        url="https://elsewhere.example/",
        event_types=["edition.recalled"],
        by=manager,
        at=at,
    )

    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.event_types) == (
        "https://elsewhere.example/",
        ["edition.recalled"],
    )
    assert Event.objects.latest("seq").details["receiver_before"] == "https://clinic.example"


def test_a_change_that_changes_nothing_leaves_no_event(
    partner: Partner, manager: User, at: datetime
) -> None:
    endpoint = add(partner, manager, at)

    change_endpoint(
        endpoint=endpoint, url=HOOK, event_types=["edition.published"], by=manager, at=at
    )

    assert [event.action for event in Event.objects.all()] == ["webhook.added"]


def test_disabling_gives_up_what_is_under_way_and_enabling_tells_what_comes(
    endpoint: WebhookEndpoint, receiver: Receiver, manager: User, at: datetime
) -> None:
    under_way = queue(endpoint, at)

    disable_endpoint(endpoint=endpoint, reason="It moves house.", by=manager, at=at)
    work(at)
    under_way.refresh_from_db()
    assert under_way.given_up_at == at
    assert receiver.requests == []

    enable_endpoint(endpoint=endpoint, by=manager, at=at)
    queue(endpoint, at, "event:2")
    work(at)
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda one, by, at: enable_endpoint(endpoint=one, by=by, at=at), "endpoint_enabled"),
        (
            lambda one, by, at: disable_endpoint(endpoint=one, reason=" ", by=by, at=at),
            "reason_missing",
        ),
        (
            lambda one, by, at: rotate_secret(endpoint=one, overlap=31 * DAY, by=by, at=at),
            "overlap_out_of_range",
        ),
        (
            lambda one, by, at: rotate_secret(endpoint=one, overlap=-DAY, by=by, at=at),
            "overlap_out_of_range",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    endpoint: WebhookEndpoint, manager: User, at: datetime, act: Callable[..., Any], code: str
) -> None:
    assert list_refusals(lambda: act(endpoint, manager, at)) == [code]


def test_what_is_disabled_is_not_disabled_again_nor_sent_anything_by_hand(
    endpoint: WebhookEndpoint, manager: User, at: datetime
) -> None:
    delivery = queue(endpoint, at)
    disable_endpoint(endpoint=endpoint, reason="Not used.", by=manager, at=at)

    for act in (
        lambda: disable_endpoint(endpoint=endpoint, reason="Again.", by=manager, at=at),
        lambda: send_again(delivery=delivery, by=manager, at=at),
        lambda: send_test(endpoint=endpoint, by=manager, at=at),
    ):
        assert list_refusals(act) == ["endpoint_disabled"]


def test_a_new_secret_leaves_the_old_one_signing_for_as_long_as_was_asked(
    endpoint: WebhookEndpoint, manager: User, at: datetime
) -> None:
    old = endpoint.secret

    new = rotate_secret(endpoint=endpoint, overlap=DAY, by=manager, at=at)

    assert new.secret != old
    assert new.list_secrets(at=at + DAY - timedelta(seconds=1)) == [new.secret, old]
    assert new.list_secrets(at=at + DAY) == [new.secret]


def test_a_secret_that_leaked_stops_at_once(
    endpoint: WebhookEndpoint, manager: User, at: datetime
) -> None:
    new = rotate_secret(endpoint=endpoint, overlap=timedelta(0), by=manager, at=at)

    assert new.list_secrets(at=at) == [new.secret]


def test_there_are_never_more_than_two_secrets(
    endpoint: WebhookEndpoint, manager: User, at: datetime
) -> None:
    first = endpoint.secret
    rotate_secret(endpoint=endpoint, overlap=DAY, by=manager, at=at)

    third = rotate_secret(endpoint=endpoint, overlap=DAY, by=manager, at=at)

    assert first not in third.list_secrets(at=at)
    assert len(third.list_secrets(at=at)) == 2


def test_what_was_delivered_can_be_sent_again_under_the_same_id(
    endpoint: WebhookEndpoint, receiver: Receiver, manager: User, at: datetime
) -> None:
    delivery = queue(endpoint, at)
    work(at)

    send_again(delivery=delivery, by=manager, at=at + DAY)
    work(at + DAY)

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert list(Attempt.objects.values_list("requested_by", flat=True)) == [None, manager.pk]
    assert Event.objects.latest("seq").action == "webhook.sent_again"


def test_what_was_given_up_can_be_sent_again(
    endpoint: WebhookEndpoint, receiver: Receiver, manager: User, at: datetime
) -> None:
    delivery = queue(endpoint, at)
    Delivery.objects.update(given_up_at=at)
    work(at)

    send_again(delivery=delivery, by=manager, at=at + DAY)
    work(at + DAY)

    delivery.refresh_from_db()
    assert (delivery.delivered_at, delivery.given_up_at) == (at + DAY, None)


def test_sending_by_hand_takes_the_place_of_what_was_waiting(
    endpoint: WebhookEndpoint, receiver: Receiver, manager: User, at: datetime
) -> None:
    receiver.replies = [Reply(500)]
    delivery = queue(endpoint, at)
    work(at)

    send_again(delivery=delivery, by=manager, at=at + timedelta(seconds=1))
    work(at + DAY)

    assert len(receiver.requests) == 2
    assert not Job.objects.filter(name="syndication.deliver", done_at=None).exists()


def test_sending_by_hand_does_not_wait_for_an_endpoint_to_rest(
    endpoint: WebhookEndpoint, receiver: Receiver, manager: User, at: datetime
) -> None:
    WebhookEndpoint.objects.update(failing_since=at, resting_until=at + DAY)

    send_test(endpoint=endpoint, by=manager, at=at)
    work(at)

    told = json.loads(receiver.requests[0].body)
    assert told["type"] == "endpoint.test"
    assert told["data"] == {"message": "A test: nothing has changed, and there is nothing to do."}


@pytest.mark.parametrize(
    "act",
    [
        lambda one, by, at: add(one.partner, by, at, url="https://x.example/"),
        lambda one, by, at: change_endpoint(
            endpoint=one, url=HOOK, event_types=["edition.published"], by=by, at=at
        ),
        lambda one, by, at: disable_endpoint(endpoint=one, reason="x", by=by, at=at),
        lambda one, by, at: enable_endpoint(endpoint=one, by=by, at=at),
        lambda one, by, at: rotate_secret(endpoint=one, overlap=DAY, by=by, at=at),
        lambda one, by, at: send_test(endpoint=one, by=by, at=at),
        lambda one, by, at: send_again(delivery=queue(one, at), by=by, at=at),
    ],
)
def test_who_lacks_the_right_can_do_nothing(
    endpoint: WebhookEndpoint, stranger: User, at: datetime, act: Callable[..., Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        act(endpoint, stranger, at)

    assert [problem.code for problem in refusal.value.problems] == ["not_allowed"]
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"secret": "plain"},
        {"previous_secret": "whsec_eA=="},
        {"previous_secret_until": F("created_at")},
        {"disabled_at": F("created_at")},
        {"disabled_by": F("created_by")},
        {"disabled_reason": "Because."},
    ],
)
def test_the_database_refuses_what_makes_no_sense(
    endpoint: WebhookEndpoint, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WebhookEndpoint.objects.update(**columns)


@pytest.mark.parametrize(
    "columns", [{"delivered_at": F("created_at"), "given_up_at": F("created_at")}]
)
def test_a_delivery_ends_once(
    endpoint: WebhookEndpoint, at: datetime, columns: dict[str, Any]
) -> None:
    queue(endpoint, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**columns)
