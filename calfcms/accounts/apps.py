"""Django's entries for accounts."""

from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who work with calfcms: how they log in, and which group may do what."""

    default = True  # of the two in this file
    name = "calfcms.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of what changes at log-in, so that it is written into the audit log."""
        from calfcms.accounts import second_factor

        second_factor.listen()


class AllauthAccountConfig(AccountConfig):  # type: ignore[misc]
    """allauth's own, whose middleware is called for pages only (`PAGES_MIDDLEWARE`).

    allauth insists on finding its middleware in `MIDDLEWARE`, where it would run for each
    request of the API too.
    """

    def ready(self) -> None:
        """allauth's checks, without the one for its middleware."""
        from allauth.account import checks  # noqa: F401 - registers them
