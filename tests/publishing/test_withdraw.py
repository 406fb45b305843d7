"""Withdrawing: readers are told, the history stays."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Edition, LivePeriod
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition, get_withdrawal, list_changes
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db


def test_it_takes_the_live_edition_away_and_says_why(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document

    withdraw(document=document, by=publisher, at=clock(), reason="The advice was wrong.")

    assert get_live_edition(document) is None
    found = get_withdrawal(kind="condition", slug="glass-elbow", locales=["en"])
    assert found is not None
    assert found.reason == "The advice was wrong."
    assert Edition.objects.filter(document=document).count() == 1


def test_it_is_a_change_in_the_feed(workflow: Workflow, publisher: User, clock: Clock) -> None:
    document = workflow.publish_whole().document

    withdraw(document=document, by=publisher, at=clock(), reason="The advice was wrong.")

    assert [change.action for change in list_changes()] == [
        "edition.published",
        "edition.withdrawn",
    ]


def test_it_names_a_live_page_to_read_instead(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    workflow.publish_whole(slug="stone-knee", name="Stone knee")

    withdraw(
        document=document, by=publisher, at=clock(), reason="Merged.", replacement="stone-knee"
    )

    assert LivePeriod.objects.get(document=document).replacement == "stone-knee"


def test_what_was_withdrawn_can_be_published_again_as_a_new_edition(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    withdraw(document=document, by=publisher, at=clock(), reason="By mistake.")

    edition = workflow.publish(document)

    assert edition.number == 2
    assert get_live_edition(document) == edition


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"replacement": "nowhere"}, "replacement_not_live"),
        ({"replacement": "glass-elbow"}, "replacement_not_live"),
    ],
)
def test_it_refuses_an_unexplained_withdrawal(
    workflow: Workflow, publisher: User, clock: Clock, changes: dict[str, Any], code: str
) -> None:
    document = workflow.publish_whole().document
    request: dict[str, Any] = {
        "document": document,
        "by": publisher,
        "at": clock(),
        "reason": "Wrong.",
    } | changes

    with pytest.raises(Refused) as refusal:
        withdraw(**request)

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert get_live_edition(document) is not None


def test_it_refuses_where_nothing_is_live(
    workflow: Workflow, publisher: User, clock: Clock
) -> None:
    document = workflow.save()

    with pytest.raises(Refused, match="Nothing of"):
        withdraw(document=document, by=publisher, at=clock(), reason="Wrong.")


def test_it_refuses_somebody_without_the_right(
    workflow: Workflow, editor: User, clock: Clock
) -> None:
    document = workflow.publish_whole().document

    with pytest.raises(Refused, match="withdraw"):
        withdraw(document=document, by=editor, at=clock(), reason="Wrong.")
