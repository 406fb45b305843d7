"""Following the audit log: each event to each endpoint that wants it, exactly once."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from calfcms.jobs.models import Job
from calfcms.publishing import log_following
from calfcms.publishing.models import AuditHead
from calfcms.syndication.actions.follow_log import follow_log
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.models import Delivery, Partner, WebhookCursor, WebhookEndpoint
from tests.publishing.conftest import Workflow
from tests.syndication.webhooks.conftest import work
from tests.syndication.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db


def test_a_publication_makes_one_delivery_and_one_job_for_each_endpoint(
    endpoint: WebhookEndpoint, workflow: Workflow, at: datetime
) -> None:
    edition = workflow.publish_whole()

    made = follow_log(at=at)

    delivery = Delivery.objects.get()
    assert made == 1
    assert (delivery.endpoint, delivery.event_type) == (endpoint, "edition.published")
    assert delivery.document == edition.document
    assert Job.objects.filter(name="syndication.deliver").count() == 1


def test_it_arrives_at_the_partner(
    endpoint: WebhookEndpoint, receiver: Receiver, workflow: Workflow, at: datetime
) -> None:
    workflow.publish_whole()

    work(at)

    assert b'"slug":"glass-elbow"' in receiver.requests[0].body


def test_each_event_is_told_once(
    endpoint: WebhookEndpoint, workflow: Workflow, at: datetime
) -> None:
    workflow.publish_whole()

    assert [follow_log(at=at), follow_log(at=at)] == [1, 0]
    WebhookCursor.objects.update(seq=0)
    assert follow_log(at=at) == 0
    assert Delivery.objects.count() == 1


def test_an_endpoint_is_told_of_nothing_that_it_did_not_choose(
    partner: Partner, manager: User, workflow: Workflow, at: datetime
) -> None:
    add_endpoint(
        partner=partner,
        url="https://clinic.example/hook",
        event_types=["edition.withdrawn"],
        by=manager,
        at=at,
    )
    workflow.publish_whole()

    assert follow_log(at=at) == 0


@pytest.mark.parametrize("reason", ["disabled", "closed"])
def test_nothing_is_made_for_who_is_told_nothing(
    endpoint: WebhookEndpoint, workflow: Workflow, at: datetime, reason: str
) -> None:
    workflow.publish_whole()
    if reason == "closed":
        Partner.objects.update(is_active=False)
    else:
        WebhookEndpoint.objects.update(
            disabled_at=at, disabled_by=endpoint.created_by, disabled_reason="Not used."
        )

    assert follow_log(at=at) == 0


def test_it_reads_on_to_the_end_of_a_long_log(
    endpoint: WebhookEndpoint, workflow: Workflow, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_following, "BATCH", 2)
    workflow.publish_whole()
    workflow.publish_whole(summary="Other words.")

    follow_log(at=at)

    assert Delivery.objects.count() == 2
    assert WebhookCursor.objects.get().seq == AuditHead.objects.get().seq


def test_with_nothing_new_it_asks_one_question_and_writes_nothing(
    endpoint: WebhookEndpoint, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    follow_log(at=at)

    with django_assert_num_queries(1):
        follow_log(at=at)
