"""Setting somebody else's password."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.limits import deny_unless, may_change_person


@transaction.atomic
def set_password(*, person: User, password: str, by: User, at: datetime) -> None:
    """Set it, which ends all sessions of that person; their second factor stays what it was.

    An empty password means that nobody can log in with one.
    """
    deny_unless(by.has_perm("auth.change_user"), "The right auth.change_user is missing.")
    deny_unless(may_change_person(by, person), "Superusers are changed by superusers.")
    deny_unless(person != by, "Change your own password on the page for it.")
    person.set_password(password or None)
    person.save(update_fields=["password"])
    record(action="account.password_set", by=by, at=at, subject=name_account(person))
