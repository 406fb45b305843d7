"""Reviews that become overdue: told once for each document and due date."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Edition
from calfcms.syndication.actions.find_overdue import find_overdue
from calfcms.syndication.models import Delivery, OverdueReview, WebhookEndpoint
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def midnight_after(edition: Edition) -> datetime:
    """The first moment at which its review is overdue."""
    day = edition.next_review_due_on + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.fixture
def edition(endpoint: WebhookEndpoint, workflow: Workflow) -> Edition:
    return workflow.publish_whole()


def test_it_is_told_on_the_day_after_it_was_due_and_no_sooner(edition: Edition) -> None:
    overdue_at = midnight_after(edition)

    assert find_overdue(at=overdue_at - timedelta(seconds=1)) == 0
    assert find_overdue(at=overdue_at) == 1

    delivery = Delivery.objects.get()
    told = json.loads(delivery.body)
    assert delivery.event_type == told["type"] == "review.overdue"
    assert told["data"]["slug"] == "glass-elbow"
    assert told["data"]["review"] == {
        "last_reviewed": edition.last_reviewed_on.isoformat(),
        "next_review_due": edition.next_review_due_on.isoformat(),
    }
    assert told["data"]["changes_cursor"]


def test_it_is_told_once(edition: Edition) -> None:
    at = midnight_after(edition)

    assert [find_overdue(at=at), find_overdue(at=at + timedelta(days=1))] == [1, 0]
    assert Delivery.objects.count() == 1


def test_a_new_edition_with_a_new_date_is_told_of_again(
    edition: Edition, workflow: Workflow
) -> None:
    find_overdue(at=midnight_after(edition))
    newer = workflow.publish_whole(summary="Other words.", review_interval_months=36)

    find_overdue(at=midnight_after(newer))

    assert newer.next_review_due_on != edition.next_review_due_on
    assert Delivery.objects.count() == 2


def test_what_is_not_live_is_not_overdue(edition: Edition, workflow: Workflow) -> None:
    at = edition.published_at + timedelta(hours=1)
    withdraw(document=edition.document, by=workflow.publisher, at=at, reason="Wrong.")

    assert find_overdue(at=midnight_after(edition)) == 0


def test_who_comes_later_is_not_told_of_what_was_overdue_before(
    edition: Edition, endpoint: WebhookEndpoint
) -> None:
    at = midnight_after(edition)
    WebhookEndpoint.objects.update(event_types=["edition.published"])
    find_overdue(at=at)
    WebhookEndpoint.objects.update(event_types=["review.overdue"])

    find_overdue(at=at)

    assert OverdueReview.objects.count() == 1
    assert Delivery.objects.count() == 0


def test_with_nothing_new_it_asks_one_question(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = midnight_after(edition)
    find_overdue(at=at)

    with django_assert_num_queries(1):
        find_overdue(at=at)
