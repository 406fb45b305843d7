"""Closing partners and opening them again. What it does to keys: test_authentication.py."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Event
from calfcms.syndication.actions.close_partner import close_partner, open_partner
from calfcms.syndication.models import Partner
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


def test_it_is_closed_with_a_reason_and_opened_again(
    partner: Partner, manager: User, at: datetime
) -> None:
    close_partner(partner=partner, reason="The contract ended.", by=manager, at=at)

    assert not Partner.objects.get().is_active
    event = Event.objects.latest("seq")
    assert (event.action, event.details) == ("partner.closed", {"reason": "The contract ended."})

    open_partner(partner=partner, by=manager, at=at)

    assert Partner.objects.get().is_active
    assert Event.objects.latest("seq").action == "partner.opened"


def test_it_refuses_to_close_without_a_reason(
    partner: Partner, manager: User, at: datetime
) -> None:
    codes = list_refusals(lambda: close_partner(partner=partner, reason=" ", by=manager, at=at))

    assert codes == ["reason_missing"]


def test_it_refuses_to_close_twice(partner: Partner, manager: User, at: datetime) -> None:
    close_partner(partner=partner, reason="Over", by=manager, at=at)

    codes = list_refusals(lambda: close_partner(partner=partner, reason="Over", by=manager, at=at))

    assert codes == ["partner_closed"]


def test_it_refuses_to_open_what_is_open(partner: Partner, manager: User, at: datetime) -> None:
    assert list_refusals(lambda: open_partner(partner=partner, by=manager, at=at)) == [
        "partner_open"
    ]


def test_it_refuses_whoever_lacks_the_right(partner: Partner, auditor: User, at: datetime) -> None:
    for action in (
        lambda: close_partner(partner=partner, reason="Over", by=auditor, at=at),
        lambda: open_partner(partner=partner, by=auditor, at=at),
    ):
        assert list_refusals(action) == ["not_allowed"]
