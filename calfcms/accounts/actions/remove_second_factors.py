"""Helping somebody who lost their second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.limits import deny_unless


@transaction.atomic
def remove_second_factors(*, person: User, by: User, at: datetime) -> int:
    """Remove all of them, and return how many there were.

    For superusers only: whoever can set a password and remove a second factor can be anybody.
    """
    deny_unless(by.is_active and by.is_superuser, "Only a superuser removes second factors.")
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    if kinds:
        factors.delete()
        record(
            action="account.second_factor_removed",
            by=by,
            at=at,
            subject=name_account(person),
            factors=kinds,
        )
    return len(kinds)
