"""Choosing what is mailed. A preference of one person about their own post, so no audit event."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.notices.kinds import Kind
from calfcms.notices.models import Choice


@transaction.atomic
def choose(*, person: User, mailed: Collection[str]) -> None:
    """Have notices of these kinds mailed to this person, and of no others."""
    for kind in Kind:
        Choice.objects.update_or_create(
            person=person, kind=kind, defaults={"is_mailed": kind.value in mailed}
        )
