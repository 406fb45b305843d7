"""A partner with an endpoint at a real server, and the worker, whose clock the test holds."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from calfcms.jobs.rounds import Worker
from calfcms.syndication.actions.follow_log import follow_log
from calfcms.syndication.actions.queue_delivery import queue_delivery
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.models import Delivery, EventType, Partner, WebhookEndpoint
from calfcms.syndication.webhooks.messages import Message
from tests.publishing.conftest import workflow as workflow  # a fixture
from tests.syndication.webhooks.receiver import Receiver, receive

Work = Callable[[datetime], None]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A partner's server on this machine, which the deployment allows."""
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.0/8"]
    with receive() as receiver:
        yield receiver


@pytest.fixture
def manager(db: None) -> User:
    """May manage partners and their endpoints."""
    person = User.objects.create_user("manager", is_staff=True, password=None)
    models = ("partner", "webhookendpoint", "delivery")
    rights = Permission.objects.filter(
        content_type__app_label="syndication", content_type__model__in=models
    )
    person.user_permissions.set(rights)
    return person


@pytest.fixture
def partner(manager: User, at: datetime) -> Partner:
    return Partner.objects.create(
        slug="city-clinic",
        name="City Clinic",
        contact_email="web@clinic.example",
        created_at=at,
        created_by=manager,
    )


@pytest.fixture
def endpoint(receiver: Receiver, partner: Partner, manager: User, at: datetime) -> WebhookEndpoint:
    """Wants to be told of everything."""
    return add_endpoint(
        partner=partner, url=receiver.url, event_types=EventType.values, by=manager, at=at
    )


def queue(endpoint: WebhookEndpoint, at: datetime, occasion: str = "event:1") -> Delivery:
    """Something to be told, without the page that it would be about."""
    message = Message(type=EventType.PUBLISHED, occasion=occasion, at=at, data={"slug": "x"})
    delivery = queue_delivery(endpoint=endpoint, message=message, at=at)
    assert delivery is not None
    return delivery


def work(at: datetime) -> None:
    """What the worker does at that moment: read the log, then every job that is due."""
    follow_log(at=at)
    Worker(clock=lambda: at).do_jobs()
