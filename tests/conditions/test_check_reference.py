"""Checking a source: who looked, and on which day."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.bundles import Outcome
from calfcms.publishing.models import Event, Standing
from calfcms.publishing.problem import Refused
from conditions.actions.check_reference import check_reference
from conditions.models import Reference
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows


def test_it_notes_the_day_and_the_person(editor: User, at: datetime) -> None:
    save_shared_rows(by=editor, at=at)

    outcome = check_reference(key="ear-board", by=editor, at=at)

    row, event = Reference.objects.get(key="ear-board"), Event.objects.latest("seq")
    assert outcome == Outcome.CHANGED
    assert (row.checked_on, row.checked_by) == (at.date(), "Eda Editor")
    assert (event.action, event.subject) == ("reference.checked", "reference ear-board")


def test_checking_twice_on_one_day_is_one_check(editor: User, at: datetime) -> None:
    save_shared_rows(by=editor, at=at)
    check_reference(key="ear-board", by=editor, at=at)
    before = Event.objects.count()

    outcome = check_reference(key="ear-board", by=editor, at=at + timedelta(hours=1))

    assert (outcome, Event.objects.count()) == (Outcome.UNCHANGED, before)


def test_what_drafts_say_changes_with_it(editor: User, at: datetime) -> None:
    save_shared_rows(by=editor, at=at)
    save_page(make_draft(), by=editor, at=at)
    before = Standing.objects.get().content_digest

    check_reference(key="ear-board", by=editor, at=at)

    assert Standing.objects.get().content_digest != before


def test_it_refuses_a_reference_that_is_not_there(editor: User, at: datetime) -> None:
    with pytest.raises(Refused, match="no reference with the key `gone`"):
        check_reference(key="gone", by=editor, at=at)


def test_it_refuses_somebody_without_the_right(editor: User, reviewer: User, at: datetime) -> None:
    save_shared_rows(by=editor, at=at)

    with pytest.raises(Refused, match="edit_draft"):
        check_reference(key="ear-board", by=reviewer, at=at)
