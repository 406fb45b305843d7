"""The account in whose name the worker acts where no person asked for it."""

from typing import Final

from django.contrib.auth.models import Permission, User

USERNAME: Final = "calfcms-worker"
RIGHTS: Final = ("withdraw",)


def get_worker_account() -> User:
    """The account, made where it is not there yet: nobody can log in with it.

    An account that an administrator has switched off stays so; then what it should do is refused.
    """
    account, is_new = User.objects.get_or_create(
        username=USERNAME, defaults={"first_name": "calfcms", "last_name": "worker"}
    )
    if is_new:
        account.set_unusable_password()
        account.save()
        account.user_permissions.set(
            Permission.objects.filter(content_type__app_label="publishing", codename__in=RIGHTS)
        )
    return account
