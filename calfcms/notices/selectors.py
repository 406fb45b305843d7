"""Reading notices, and what people want mailed."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from calfcms.notices.kinds import Kind
from calfcms.notices.models import Choice, Notice


def list_notices(person: User) -> QuerySet[Notice]:
    """What this person was told, newest first."""
    return Notice.objects.filter(person=person).select_related("document").order_by("-pk")


def list_mailed_kinds(person: User) -> set[str]:
    """The kinds that are mailed to this person: all, but for those that they turned off."""
    off = Choice.objects.filter(person=person, is_mailed=False).values_list("kind", flat=True)
    return set(Kind.values) - set(off)
