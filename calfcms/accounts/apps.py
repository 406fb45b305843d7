"""Django's entry for accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who work with calfcms: how they log in, and which group may do what."""

    name = "calfcms.accounts"
    label = "accounts"
