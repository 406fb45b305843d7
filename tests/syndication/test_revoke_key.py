"""Revoking keys: at once, for good, with a reason for those who ask later."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from calfcms.publishing.models import Event
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.actions.revoke_key import revoke_key
from calfcms.syndication.keys import KeyState, get_key_state
from calfcms.syndication.models import Key, Partner
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


def make(partner: Partner, by: User, at: datetime, *scopes: str) -> Key:
    return make_key(
        partner=partner, name="web site", scopes=scopes, expires_at=None, by=by, at=at
    ).key


def test_it_opens_nothing_from_then_on(partner: Partner, manager: User, at: datetime) -> None:
    key = revoke_key(key=make(partner, manager, at, "read"), reason="Leaked", by=manager, at=at)

    assert get_key_state(key, at=at) == KeyState.REVOKED
    assert (key.revoked_at, key.revoked_by) == (at, manager)


def test_the_log_says_which_and_why(partner: Partner, manager: User, at: datetime) -> None:
    key = make(partner, manager, at, "read")

    revoke_key(key=key, reason=" Leaked ", by=manager, at=at)

    event = Event.objects.latest("seq")
    assert (event.action, event.subject) == ("key.revoked", "partner city-clinic")
    assert (event.details["key"], event.details["reason"]) == (key.prefix, "Leaked")


def test_it_refuses_a_second_time(partner: Partner, manager: User, at: datetime) -> None:
    key = revoke_key(key=make(partner, manager, at, "read"), reason="", by=manager, at=at)

    codes = list_refusals(lambda: revoke_key(key=key, reason="", by=manager, at=at))

    assert codes == ["key_revoked"]


def test_partner_managers_may_stop_any_key(
    partner: Partner, manager: User, auditor: User, at: datetime
) -> None:
    key = make(partner, auditor, at, "audit")

    assert revoke_key(key=key, reason="", by=manager, at=at).revoked_at == at


def test_auditors_may_stop_those_that_they_could_have_made(
    partner: Partner, manager: User, auditor: User, at: datetime
) -> None:
    theirs, other = make(partner, auditor, at, "audit"), make(partner, manager, at, "read")

    assert revoke_key(key=theirs, reason="", by=auditor, at=at).revoked_at == at
    assert list_refusals(lambda: revoke_key(key=other, reason="", by=auditor, at=at)) == [
        "not_allowed"
    ]


def test_the_database_knows_who_revoked_it(partner: Partner, manager: User, at: datetime) -> None:
    key = make(partner, manager, at, "read")

    with pytest.raises(IntegrityError), transaction.atomic():
        Key.objects.filter(pk=key.pk).update(revoked_at=at)
