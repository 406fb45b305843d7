"""Extending: a named clinician lets overdue content stay for a while, and it stays marked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from calfcms.publishing.actions.extend_review import extend_review
from calfcms.publishing.models import Document, Event, ReviewExtension
from calfcms.publishing.overdue import get_extension
from tests.conftest import make_person
from tests.publishing.conftest import Workflow
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def document(workflow: Workflow) -> Document:
    """A live page whose review is due on 2028-11-21."""
    return workflow.publish_whole().document


@pytest.fixture
def clinician(reviewer: User) -> User:
    """May extend."""
    reviewer.user_permissions.add(Permission.objects.get(codename="extend_review"))
    return User.objects.get(pk=reviewer.pk)


def extend(document: Document, by: User, at: Any, **changes: Any) -> ReviewExtension:
    asked = {
        "until": date(2029, 3, 1),
        "reason": "The new guideline is out in February.",
        "at": at + timedelta(days=800),
    }
    return extend_review(document=document, by=by, **(asked | changes))


def test_it_says_who_as_what_and_why(document: Document, clinician: User, at: Any) -> None:
    extension = extend(document, clinician, at)

    assert extension.edition.document == document
    assert extension.reviewer_name == "Rex Reviewer (fictional)"
    assert extension.reviewer_registration == "Fictional Register 0000"
    event = Event.objects.get(action="review.extended")
    assert event.details == {
        "until": "2029-03-01",
        "reason": "The new guideline is out in February.",
        "review_due": "2028-11-21",
        "reviewer": "Rex Reviewer (fictional)",
    }


def test_the_longest_extension_counts(document: Document, clinician: User, at: Any) -> None:
    longest = extend(document, clinician, at, until=date(2029, 6, 1))
    extend(document, clinician, at)

    assert get_extension(longest.edition) == longest


@pytest.mark.parametrize(
    "until",
    [
        date(2028, 11, 21),  # the day when it is due anyway
        date(2029, 1, 29),  # the day on which it is asked for
        date(2031, 1, 30),  # more than an interval from then
    ],
)
def test_it_refuses_a_day_that_is_out_of_range(
    document: Document, clinician: User, at: Any, until: date
) -> None:
    codes = list_refusals(lambda: extend(document, clinician, at, until=until))

    assert codes == ["extension_out_of_range"]


def test_one_interval_is_the_most(document: Document, clinician: User, at: Any) -> None:
    assert extend(document, clinician, at, until=date(2031, 1, 29)).until == date(2031, 1, 29)


def test_it_refuses_an_extension_without_a_reason(
    document: Document, clinician: User, at: Any
) -> None:
    assert list_refusals(lambda: extend(document, clinician, at, reason=" ")) == ["reason_missing"]


def test_it_refuses_credentials_that_ran_out(document: Document, clinician: User, at: Any) -> None:
    clinician.reviewer_profile.valid_until = date(2027, 1, 1)
    clinician.reviewer_profile.save()

    codes = list_refusals(lambda: extend(document, clinician, at))

    assert codes == ["credentials_expired"]


def test_it_refuses_a_clinician_of_another_specialty(
    document: Document, clinician: User, at: Any
) -> None:
    clinician.reviewer_profile.specialties = ["dentistry"]
    clinician.reviewer_profile.save()

    codes = list_refusals(lambda: extend(document, clinician, at))

    assert codes == ["credentials_do_not_cover"]


def test_it_refuses_somebody_without_a_profile(document: Document, at: Any) -> None:
    person = make_person("other", "extend_review")

    codes = list_refusals(lambda: extend(document, person, at))

    assert codes == ["reviewer_without_profile"]


def test_it_refuses_where_nothing_is_live(workflow: Workflow, clinician: User, at: Any) -> None:
    document = workflow.save()

    assert list_refusals(lambda: extend(document, clinician, at)) == ["not_live"]


def test_it_needs_a_right_of_its_own(document: Document, reviewer: User, at: Any) -> None:
    assert list_refusals(lambda: extend(document, reviewer, at)) == ["not_allowed"]
