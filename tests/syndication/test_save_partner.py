"""Adding partners and changing what is known of them."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.models import Partner
from tests.publishing.refusals import list_refusals
from tests.syndication.conftest import build_partner

pytestmark = pytest.mark.django_db


def test_a_partner_is_added_open(manager: User, at: datetime) -> None:
    partner = save_partner(partner=build_partner(), by=manager, at=at)

    kept = Partner.objects.get(pk=partner.pk)
    assert kept.is_active
    assert (kept.created_at, kept.created_by) == (at, manager)
    assert kept.allowed_origins == ["https://clinic.example"]


def test_the_log_says_what_each_field_was_and_is_but_not_who_to_write_to(
    partner: Partner, manager: User, at: datetime
) -> None:
    partner.name, partner.contact_email = "City Clinic Group", "it@clinic.example"

    save_partner(partner=partner, by=manager, at=at)

    event = Event.objects.latest("seq")
    assert (event.action, event.subject) == ("partner.changed", "partner city-clinic")
    assert event.details["changes"] == {
        "name": {"before": "City Clinic", "after": "City Clinic Group"},
        "contact_email": {},
    }
    assert "clinic.example" not in str(event.details)


def test_a_save_that_changes_nothing_leaves_no_event(
    partner: Partner, manager: User, at: datetime
) -> None:
    events = Event.objects.count()

    save_partner(partner=partner, by=manager, at=at)

    assert Event.objects.count() == events


def test_saving_does_not_open_a_closed_partner(
    partner: Partner, manager: User, at: datetime
) -> None:
    Partner.objects.update(is_active=False)
    partner.name = "Another name"

    save_partner(partner=partner, by=manager, at=at)

    assert not Partner.objects.get().is_active


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"slug": "City Clinic"}, "slug_malformed", "/slug"),
        ({"slug": "-clinic"}, "slug_malformed", "/slug"),
        ({"slug": "c" * 81}, "slug_malformed", "/slug"),
        ({"name": "  "}, "name_missing", "/name"),
        ({"name": "n" * 201}, "name_too_long", "/name"),
        ({"contact_email": "clinic"}, "email_malformed", "/contact_email"),
        ({"allowed_origins": ["clinic.example"]}, "origin_malformed", "/allowed_origins"),
        ({"allowed_origins": ["https://a.example/"]}, "origin_malformed", "/allowed_origins"),
        ({"calls_per_minute": 0}, "quota_out_of_range", "/calls_per_minute"),
        ({"calls_per_minute": 1_000_001}, "quota_out_of_range", "/calls_per_minute"),
    ],
)
def test_it_refuses_what_is_malformed(
    manager: User, at: datetime, changes: dict[str, Any], code: str, pointer: str
) -> None:
    partner = build_partner(**changes)

    with pytest.raises(Refused) as refused:
        save_partner(partner=partner, by=manager, at=at)

    assert [(one.code, one.pointer) for one in refused.value.problems] == [(code, pointer)]
    assert not Partner.objects.exists()


def test_it_gives_every_reason_at_once(manager: User, at: datetime) -> None:
    partner = build_partner(slug="", name="", calls_per_minute=0)

    codes = list_refusals(lambda: save_partner(partner=partner, by=manager, at=at))

    assert codes == ["slug_malformed", "name_missing", "quota_out_of_range"]


def test_it_refuses_a_short_name_that_is_taken(
    partner: Partner, manager: User, at: datetime
) -> None:
    second = build_partner(name="Another")

    codes = list_refusals(lambda: save_partner(partner=second, by=manager, at=at))

    assert codes == ["slug_taken"]


def test_the_short_name_stays(partner: Partner, manager: User, at: datetime) -> None:
    partner.slug = "town-clinic"

    codes = list_refusals(lambda: save_partner(partner=partner, by=manager, at=at))

    assert codes == ["slug_fixed"]


def test_it_refuses_whoever_lacks_the_right(auditor: User, at: datetime) -> None:
    codes = list_refusals(lambda: save_partner(partner=build_partner(), by=auditor, at=at))

    assert codes == ["not_allowed"]


def test_it_refuses_an_account_that_is_closed(manager: User, at: datetime) -> None:
    manager.is_active = False

    codes = list_refusals(lambda: save_partner(partner=build_partner(), by=manager, at=at))

    assert codes == ["not_allowed"]


def test_the_database_holds_no_quota_of_nothing(partner: Partner) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.update(calls_per_minute=0)
