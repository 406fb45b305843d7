"""Withdrawing what is overdue past the deployment's limit, unless a clinician let it stay."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from calfcms.publishing.actions.extend_review import extend_review
from calfcms.publishing.actions.withdraw_overdue import withdraw_overdue
from calfcms.publishing.models import Document, Event, LivePeriod
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.worker_account import USERNAME, get_worker_account
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LAST_DAY = datetime(2028, 12, 21, 12, tzinfo=UTC)  # due on 2028-11-21, and 30 days


@pytest.fixture(autouse=True)
def _limit(settings: Any) -> None:
    settings.WITHDRAW_OVERDUE_AFTER_DAYS = 30


@pytest.fixture
def document(workflow: Workflow) -> Document:
    """A live page whose review is due on 2028-11-21."""
    return workflow.publish_whole().document


def test_it_stays_until_the_limit(document: Document) -> None:
    assert withdraw_overdue(at=LAST_DAY) == 0
    assert get_live_edition(document) is not None


def test_past_the_limit_it_is_withdrawn_and_readers_are_told_why(document: Document) -> None:
    done = withdraw_overdue(at=LAST_DAY + DAY)

    period = LivePeriod.objects.get(document=document)
    assert done == 1
    assert (period.ending, period.ended_at) == ("withdrawn", LAST_DAY + DAY)
    assert period.reason == (
        "Its review was due on 2028-11-21 and has not been done in the 30 days since."
    )


def test_the_worker_has_a_name_in_the_log_and_cannot_log_in(document: Document) -> None:
    withdraw_overdue(at=LAST_DAY + DAY)

    event = Event.objects.get(action="edition.withdrawn")
    account = User.objects.get(username=USERNAME)
    assert (event.actor, event.actor_id) == ("calfcms worker", str(account.pk))
    assert not account.has_usable_password()
    assert not account.is_staff
    assert account.get_all_permissions() == {"publishing.withdraw"}


def test_it_is_withdrawn_once(document: Document) -> None:
    withdraw_overdue(at=LAST_DAY + DAY)

    assert withdraw_overdue(at=LAST_DAY + 2 * DAY) == 0
    assert Event.objects.filter(action="edition.withdrawn").count() == 1


def test_every_overdue_page_goes_and_no_other(document: Document, workflow: Workflow) -> None:
    other = workflow.publish_whole(slug="stone-knee", name="Stone knee").document
    fresh = workflow.publish_whole(
        slug="iron-hip", name="Iron hip", review_interval_months=60
    ).document

    done = withdraw_overdue(at=LAST_DAY + DAY)

    assert done == 2
    assert get_live_edition(other) is None
    assert get_live_edition(fresh) is not None


def test_a_deployment_that_sets_no_limit_withdraws_nothing(
    document: Document, settings: Any
) -> None:
    settings.WITHDRAW_OVERDUE_AFTER_DAYS = 0

    assert withdraw_overdue(at=LAST_DAY + 1000 * DAY) == 0
    assert not User.objects.filter(username=USERNAME).exists()


def test_a_clinicians_word_lets_it_stay_until_the_day_that_was_said(
    document: Document, reviewer: User
) -> None:
    reviewer.user_permissions.add(Permission.objects.get(codename="extend_review"))
    extend_review(
        document=document,
        by=User.objects.get(pk=reviewer.pk),
        at=LAST_DAY,
        until=date(2029, 2, 1),
        reason="The new guideline is out in January.",
    )

    during = withdraw_overdue(at=datetime(2029, 2, 1, 23, tzinfo=UTC))
    after = withdraw_overdue(at=datetime(2029, 2, 2, 1, tzinfo=UTC))

    assert (during, after) == (0, 1)


def test_a_review_in_between_keeps_it(document: Document, workflow: Workflow) -> None:
    workflow.save(summary="Reviewed.")
    workflow.submit(document)
    workflow.clock = lambda: LAST_DAY  # type: ignore[attr-defined]
    workflow.sign(document)
    workflow.publish(document)

    assert withdraw_overdue(at=LAST_DAY + DAY) == 0


def test_an_account_that_was_switched_off_is_not_switched_on_again(document: Document) -> None:
    account = get_worker_account()
    account.is_active = False
    account.save()

    with pytest.raises(ExceptionGroup) as raised:
        withdraw_overdue(at=LAST_DAY + DAY)

    assert raised.group_contains(Refused, match="may not do this")
    assert get_live_edition(document) is not None
