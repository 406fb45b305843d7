"""The admin's pages for webhooks: adding, trying, changing, reading the log, sending again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from calfcms.syndication.models import Attempt, Delivery, Partner, WebhookEndpoint
from calfcms.syndication.webhooks.delivery_log import SHOWN
from tests.syndication.webhooks.conftest import queue, work
from tests.syndication.webhooks.receiver import Receiver, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client, manager: User) -> Client:
    """The manager's."""
    client.force_login(manager)
    return client


@pytest.fixture
def visitor(db: None) -> Client:
    """Of somebody who may see webhooks and nothing more."""
    person = User.objects.create_user("visitor", is_staff=True)
    names = ["view_partner", "view_webhookendpoint"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(person)
    return client


def link(name: str, *args: Any) -> str:
    return reverse(f"admin:{name}", args=args)


def page_of(endpoint: WebhookEndpoint) -> str:
    return link("partner_webhook", endpoint.partner_id, endpoint.pk)


def page_of_delivery(delivery: Delivery) -> str:
    endpoint = delivery.endpoint
    return link("partner_webhook_delivery", endpoint.partner_id, endpoint.pk, delivery.pk)


def test_adding_one_shows_its_secret_once(browser: Client, partner: Partner) -> None:
    form = {"url": "https://clinic.example/hook", "event_types": ["edition.recalled"]}

    made = browser.post(link("partner_webhooks_new", partner.pk), form)

    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    for path in (page_of(endpoint), link("partner_webhooks", partner.pk)):
        shown = browser.get(path).content.decode()
        assert "https://clinic.example/hook" in shown
        assert "whsec_" not in shown


def test_a_refusal_says_every_reason_and_keeps_what_was_typed(
    browser: Client, partner: Partner
) -> None:
    answer = browser.post(
        link("partner_webhooks_new", partner.pk), {"url": "http://10.0.0.1/x", "event_types": []}
    )

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "does not begin with https://" in shown
    assert "10.0.0.1 is no address on the internet (private)" in shown
    assert "It would be told of nothing." in shown
    assert 'value="http://10.0.0.1/x"' in shown


def test_a_closed_partner_gets_no_webhook(browser: Client, partner: Partner) -> None:
    Partner.objects.update(is_active=False)

    shown = browser.get(link("partner_webhooks_new", partner.pk)).content.decode()

    assert "This partner is closed." in shown
    assert 'name="url"' not in shown


def test_a_test_is_sent_and_its_line_says_what_became_of_it(
    browser: Client, endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    receiver.reply = Reply(200, body=b"got it")

    browser.post(page_of(endpoint), {"do": "test"})
    work(timezone.now())

    shown = browser.get(page_of(endpoint)).content.decode()
    assert "endpoint.test" in shown
    assert 'data-state="delivered"' in shown
    details = browser.get(page_of_delivery(Delivery.objects.get())).content.decode()
    assert "got it" in details
    assert "by hand, manager" in details
    assert Delivery.objects.get().message_id in details


def test_the_log_says_what_went_wrong_and_when_it_is_tried_again(
    browser: Client, endpoint: WebhookEndpoint, receiver: Receiver, at: datetime
) -> None:
    receiver.reply = Reply(500, body=b"<script>alert(1)</script>")
    delivery = queue(endpoint, at)
    work(at)

    shown = browser.get(page_of_delivery(delivery)).content.decode()

    assert "The answer was 500 Internal Server Error." in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "21 Nov 2026, 12:00:05" in shown
    assert (
        'data-health="failing"'
        in browser.get(link("partner_webhooks", endpoint.partner_id)).content.decode()
    )


def test_a_delivery_is_sent_again(
    browser: Client, endpoint: WebhookEndpoint, receiver: Receiver, at: datetime
) -> None:
    delivery = queue(endpoint, at)
    work(at)

    answer = browser.post(page_of_delivery(delivery), follow=True)
    work(timezone.now())

    assert "It is on its way again" in answer.content.decode()
    assert len(receiver.requests) == Attempt.objects.count() == 2


def test_address_and_events_are_changed(browser: Client, endpoint: WebhookEndpoint) -> None:
    form = {"url": "https://clinic.example/new", "event_types": ["edition.published"]}

    browser.post(page_of(endpoint), {"do": "change", **form})

    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.event_types) == (form["url"], form["event_types"])


@pytest.mark.parametrize(("days", "count"), [("1", 2), ("0", 1)])
def test_a_new_secret_is_shown_once(
    browser: Client, endpoint: WebhookEndpoint, days: str, count: int
) -> None:
    old = endpoint.secret

    made = browser.post(page_of(endpoint), {"do": "rotate", "overlap": days})

    endpoint.refresh_from_db()
    assert endpoint.secret in made.content.decode()
    assert old not in made.content.decode()
    assert len(endpoint.list_secrets(at=timezone.now())) == count
    assert "whsec_" not in browser.get(page_of(endpoint)).content.decode()


def test_it_is_disabled_with_a_reason_and_enabled(
    browser: Client, endpoint: WebhookEndpoint
) -> None:
    assert browser.post(page_of(endpoint), {"do": "disable"}).status_code == 409

    browser.post(page_of(endpoint), {"do": "disable", "reason": "It moves house."})
    shown = browser.get(page_of(endpoint)).content.decode()
    assert "It moves house." in shown
    assert "Send a test" not in shown

    browser.post(page_of(endpoint), {"do": "enable"})
    endpoint.refresh_from_db()
    assert endpoint.is_enabled


def test_the_log_goes_on_over_pages(
    browser: Client, endpoint: WebhookEndpoint, at: datetime
) -> None:
    for number in range(SHOWN + 1):
        queue(endpoint, at + timedelta(seconds=number), f"event:{number}")

    first = browser.get(page_of(endpoint)).content.decode()
    second = browser.get(page_of(endpoint), {"page": "2"}).content.decode()

    assert first.count("data-delivery=") == SHOWN
    assert "?page=2" in first
    assert second.count("data-delivery=") == 1
    assert "?page=1" in second


def test_the_pages_of_another_partner_do_not_show_it(
    browser: Client, endpoint: WebhookEndpoint, at: datetime
) -> None:
    other = Partner.objects.create(
        slug="other", name="Other", created_at=at, created_by=endpoint.created_by
    )
    delivery = queue(endpoint, at)

    for path in (
        link("partner_webhook", other.pk, endpoint.pk),
        link("partner_webhook_delivery", other.pk, endpoint.pk, delivery.pk),
    ):
        assert browser.get(path).status_code == 404


def test_who_may_only_look_finds_no_buttons(
    visitor: Client, endpoint: WebhookEndpoint, at: datetime
) -> None:
    delivery = queue(endpoint, at)

    for path in (page_of(endpoint), page_of_delivery(delivery)):
        shown = visitor.get(path).content.decode()
        assert 'name="do"' not in shown
        assert visitor.post(path, {"do": "test"}).status_code == 403
    assert visitor.get(link("partner_webhooks_new", endpoint.partner_id)).status_code == 403


def test_all_webhooks_are_in_one_list(browser: Client, endpoint: WebhookEndpoint) -> None:
    shown = browser.get(link("syndication_webhookendpoint_changelist")).content.decode()
    opened = browser.get(link("syndication_webhookendpoint_change", endpoint.pk))

    assert endpoint.url in shown
    assert opened.headers["Location"] == page_of(endpoint)


def test_what_does_not_arrive_is_on_the_first_page(
    browser: Client, endpoint: WebhookEndpoint, receiver: Receiver, at: datetime
) -> None:
    assert "Every webhook arrives." in browser.get(link("index")).content.decode()
    receiver.reply = Reply(500)
    queue(endpoint, at)
    work(at)

    shown = browser.get(link("index")).content.decode()

    assert f"http://127.0.0.1:{receiver.port}" in shown
    assert page_of(endpoint) in shown
