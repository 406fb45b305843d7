"""In whose name a command writes."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from calfcms.publishing.demonstration import get_demonstration_editor
from calfcms.publishing.problem import refuse


def get_operator(username: str | None, *, option: str) -> User:
    """The account of that name; without one, in local mode only, the demonstration editor.

    Raises `Refused` where nobody was named, and `CommandError` for a name that nobody has.
    """
    if username is None and not settings.CALFCMS_LOCAL:
        raise refuse("nobody_named", "Outside local mode, say who loads:", f"{option} USERNAME.")
    if username is None:
        return get_demonstration_editor()
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        message = f"There is no user named {username!r}. Create the account, or name another."
        raise CommandError(message) from None
