"""Rotating keys: the new one opens the same, the old one ends when the change-over is done."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Event
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.actions.replace_key import replace_key
from calfcms.syndication.actions.revoke_key import revoke_key
from calfcms.syndication.keys import KeyState, get_key_state
from calfcms.syndication.models import Key, Partner
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def key(partner: Partner, manager: User, at: datetime) -> Key:
    """Good for thirty days."""
    return make_key(
        partner=partner,
        name="web site",
        scopes=["read", "triage"],
        expires_at=at + 30 * DAY,
        by=manager,
        at=at,
    ).key


def test_the_new_key_opens_the_same_and_both_work_for_a_while(
    key: Key, manager: User, at: datetime
) -> None:
    made = replace_key(
        key=key, old_until=at + 7 * DAY, expires_at=at + 365 * DAY, by=manager, at=at
    )

    key.refresh_from_db()
    assert (made.key.name, made.key.scopes) == (key.name, key.scopes)
    assert get_key_state(key, at=at + 7 * DAY - DAY) == KeyState.ACTIVE
    assert get_key_state(key, at=at + 7 * DAY) == KeyState.EXPIRED
    assert get_key_state(made.key, at=at + 7 * DAY) == KeyState.ACTIVE


def test_it_does_not_make_the_old_key_last_longer(key: Key, manager: User, at: datetime) -> None:
    replace_key(key=key, old_until=at + 60 * DAY, expires_at=None, by=manager, at=at)

    key.refresh_from_db()
    assert key.expires_at == at + 30 * DAY


def test_the_log_names_both_keys(key: Key, manager: User, at: datetime) -> None:
    made = replace_key(key=key, old_until=at + DAY, expires_at=None, by=manager, at=at)

    event = Event.objects.latest("seq")
    assert event.action == "key.replaced"
    assert event.details["key"] == made.secret[:12]
    assert event.details["replaces"] == key.prefix
    assert event.details["old_until"] == "2026-11-22T12:00:00Z"


def test_it_refuses_a_revoked_key(key: Key, manager: User, at: datetime) -> None:
    revoke_key(key=key, reason="", by=manager, at=at)

    codes = list_refusals(
        lambda: replace_key(key=key, old_until=at + DAY, expires_at=None, by=manager, at=at)
    )

    assert codes == ["key_revoked"]


@pytest.mark.parametrize(
    ("old_until", "expires", "code"), [(0, 10, "old_until_past"), (1, 0, "expiry_past")]
)
def test_it_refuses_an_end_in_the_past(
    key: Key, manager: User, at: datetime, old_until: int, expires: int, code: str
) -> None:
    codes = list_refusals(
        lambda: replace_key(
            key=key,
            old_until=at + old_until * DAY,
            expires_at=at + expires * DAY,
            by=manager,
            at=at,
        )
    )

    assert codes == [code]
    key.refresh_from_db()
    assert key.expires_at == at + 30 * DAY


def test_it_refuses_a_closed_partner(key: Key, manager: User, at: datetime) -> None:
    Partner.objects.update(is_active=False)

    codes = list_refusals(
        lambda: replace_key(key=key, old_until=at + DAY, expires_at=None, by=manager, at=at)
    )

    assert codes == ["partner_closed"]


def test_it_refuses_whoever_could_not_have_made_it(key: Key, auditor: User, at: datetime) -> None:
    codes = list_refusals(
        lambda: replace_key(key=key, old_until=at + DAY, expires_at=None, by=auditor, at=at)
    )

    assert codes == ["scope_not_yours"]
