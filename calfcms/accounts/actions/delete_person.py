"""Removing an account that was never used."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.limits import deny_unless, may_delete_person


@transaction.atomic
def delete_person(*, person: User, by: User, at: datetime) -> None:
    """Delete it. Raises `PermissionDenied`, or ProtectedError where something points to it."""
    person = User.objects.select_for_update().get(pk=person.pk)
    deny_unless(by.has_perm("auth.delete_user"), "The right auth.delete_user is missing.")
    deny_unless(may_delete_person(by, person), "It was used: close it instead.")
    record(action="account.deleted", by=by, at=at, subject=name_account(person))
    person.delete()
