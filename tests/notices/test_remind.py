"""Reminders of reviews: at each stage once, to those who care for the document."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from calfcms.notices.actions.remind import get_stage, remind
from calfcms.notices.kinds import Stage
from calfcms.notices.models import Notice, Reminder
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Edition
from tests.notices.conftest import list_told, make_colleague, record
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db
DUE = date(2028, 7, 5)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (91, None),
        (90, Stage.IN_90_DAYS),
        (31, Stage.IN_90_DAYS),
        (30, Stage.IN_30_DAYS),
        (1, Stage.IN_30_DAYS),
        (0, Stage.TODAY),
        (-1, Stage.OVERDUE),
        (-4000, Stage.OVERDUE),
    ],
)
def test_the_stages_of_a_review(days: int, stage: Stage | None) -> None:
    assert get_stage(DUE, DUE - timedelta(days=days)) == stage


@pytest.fixture
def edition(team: Workflow) -> Edition:
    return team.publish_whole()


def days_before(edition: Edition, days: int) -> datetime:
    """An instant that many days before the review is due."""
    day = edition.next_review_due_on - timedelta(days=days)
    return datetime.fromisoformat(f"{day}T23:59:59Z")


def test_nobody_is_told_while_it_is_far_away(edition: Edition) -> None:
    assert remind(at=days_before(edition, 91)) == 0


def test_publisher_editors_and_clinical_signers_are_told(edition: Edition) -> None:
    make_colleague("stranger", "edit_draft", "sign_off")

    remind(at=days_before(edition, 90))

    assert list_told() == {"review_due": ["editor", "publisher", "reviewer"]}


def test_who_may_no_longer_edit_is_not_told(edition: Edition, at: datetime) -> None:
    record("draft.saved", document=edition.document, by=make_colleague("former"), at=at)

    remind(at=days_before(edition, 90))

    assert list_told() == {"review_due": ["editor", "publisher", "reviewer"]}


def test_each_stage_is_told_once(edition: Edition) -> None:
    days = [90, 89, 60, 30, 30, 15, 0, 0, -1, -1, -50]

    told = [remind(at=days_before(edition, day)) for day in days]

    assert told == [3, 0, 0, 3, 0, 0, 3, 0, 3, 0, 0]
    assert list_told() == {
        "review_due": [name for name in ("editor", "publisher", "reviewer") for _ in range(3)],
        "review_overdue": ["editor", "publisher", "reviewer"],
    }


def test_what_is_overdue_when_first_seen_is_told_as_that_alone(edition: Edition) -> None:
    remind(at=days_before(edition, -10))

    assert list_told() == {"review_overdue": ["editor", "publisher", "reviewer"]}
    assert Notice.objects.first().facts == {  # type: ignore[union-attr]
        "edition": 1,
        "due_on": edition.next_review_due_on.isoformat(),
    }


def test_a_new_edition_is_told_of_anew(team: Workflow, edition: Edition) -> None:
    remind(at=days_before(edition, 90))
    newer = team.publish_whole(summary="Other words.")

    assert remind(at=days_before(newer, 90)) == 3
    assert Reminder.objects.count() == 2


def test_what_is_withdrawn_needs_no_review(team: Workflow, edition: Edition) -> None:
    at = days_before(edition, 90)
    withdraw(document=edition.document, by=team.publisher, at=at, reason="Wrong.")

    assert remind(at=at) == 0


def test_who_joins_later_is_not_told_of_a_stage_that_has_passed(edition: Edition) -> None:
    remind(at=days_before(edition, 90))
    make_colleague("new", "publish")

    assert remind(at=days_before(edition, 80)) == 0


def test_with_nothing_to_tell_it_asks_two_questions(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    remind(at=days_before(edition, 90))

    with django_assert_num_queries(2):
        remind(at=days_before(edition, 90))
