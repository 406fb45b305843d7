"""Making keys: shown once, kept as a hash, and only by those who may see what they open."""

import string
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from calfcms.publishing.models import Event
from calfcms.syndication.actions.make_key import MadeKey, make_key
from calfcms.syndication.keys import KeyState, get_key_state, hash_key
from calfcms.syndication.models import Key, Partner, Scope
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def make(partner: Partner, by: User, at: datetime, **changes: Any) -> MadeKey:
    arguments: dict[str, Any] = {
        "name": "web site",
        "scopes": [Scope.READ],
        "expires_at": at + YEAR,
    } | changes
    return make_key(partner=partner, by=by, at=at, **arguments)


def test_the_secret_is_random_and_can_be_selected_with_a_double_click(
    partner: Partner, manager: User, at: datetime
) -> None:
    secrets = {make(partner, manager, at).secret for _ in range(20)}

    assert len(secrets) == 20
    for secret in secrets:
        assert secret.startswith("calf_")
        assert len(secret) == 48
        assert set(secret[5:]) <= set(string.ascii_letters + string.digits)


def test_only_its_hash_and_its_beginning_are_kept(
    partner: Partner, manager: User, at: datetime
) -> None:
    made = make(partner, manager, at)

    key = Key.objects.values().get()
    assert (key["prefix"], key["hash"]) == (made.secret[:12], hash_key(made.secret))
    assert made.secret not in str(key)
    assert made.secret not in str([event.details for event in Event.objects.all()])
    assert made.secret not in repr(made)


def test_the_log_says_what_it_opens_and_until_when(
    partner: Partner, manager: User, at: datetime
) -> None:
    made = make(partner, manager, at, scopes=["triage", "read", "read"])

    event = Event.objects.latest("seq")
    assert (event.action, event.subject, event.actor_id) == (
        "key.made",
        "partner city-clinic",
        str(manager.pk),
    )
    assert event.details == {
        "key": made.secret[:12],
        "name": "web site",
        "scopes": ["read", "triage"],
        "expires_at": "2027-11-21T12:00:00Z",
    }


def test_it_is_good_until_it_expires(partner: Partner, manager: User, at: datetime) -> None:
    key = make(partner, manager, at).key

    assert get_key_state(key, at=at + YEAR - timedelta(seconds=1)) == KeyState.ACTIVE
    assert get_key_state(key, at=at + YEAR) == KeyState.EXPIRED


def test_it_may_be_good_for_ever(partner: Partner, manager: User, at: datetime) -> None:
    key = make(partner, manager, at, expires_at=None).key

    assert get_key_state(key, at=at + 50 * YEAR) == KeyState.ACTIVE


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"name": " "}, ["name_missing"]),
        ({"name": "n" * 101}, ["name_too_long"]),
        ({"scopes": []}, ["scopes_missing"]),
        ({"scopes": ["read", "write"]}, ["scope_unknown"]),
        ({"expires_at": datetime.fromisoformat("2026-11-21T12:00:00Z")}, ["expiry_past"]),
        ({"name": "", "scopes": []}, ["name_missing", "scopes_missing"]),
    ],
)
def test_it_refuses_what_is_missing_or_wrong(
    partner: Partner, manager: User, at: datetime, changes: dict[str, Any], codes: list[str]
) -> None:
    assert list_refusals(lambda: make(partner, manager, at, **changes)) == codes
    assert not Key.objects.exists()


def test_it_refuses_a_closed_partner(partner: Partner, manager: User, at: datetime) -> None:
    Partner.objects.update(is_active=False)

    assert list_refusals(lambda: make(partner, manager, at)) == ["partner_closed"]


def test_partner_managers_do_not_give_away_the_audit_log(
    partner: Partner, manager: User, at: datetime
) -> None:
    codes = list_refusals(lambda: make(partner, manager, at, scopes=["read", "audit"]))

    assert codes == ["scope_not_yours"]


def test_auditors_make_keys_to_the_audit_log_and_no_others(
    partner: Partner, auditor: User, at: datetime
) -> None:
    made = make(partner, auditor, at, scopes=["audit"])

    assert made.key.scopes == ["audit"]
    assert list_refusals(lambda: make(partner, auditor, at)) == ["scope_not_yours"]


def test_it_refuses_whoever_lacks_every_right(partner: Partner, at: datetime, db: None) -> None:
    somebody = User.objects.create_user("somebody")

    assert list_refusals(lambda: make(partner, somebody, at)) == ["not_allowed"]


def test_the_database_holds_no_key_that_expired_before_it_was_made(
    partner: Partner, manager: User, at: datetime
) -> None:
    key = make(partner, manager, at).key

    with pytest.raises(IntegrityError), transaction.atomic():
        Key.objects.filter(pk=key.pk).update(expires_at=at)
