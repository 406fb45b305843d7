"""Django's entry for syndication."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """Partners, keys, webhooks, recalls, and who holds which edition."""

    name = "calfcms.syndication"
    label = "syndication"

    def ready(self) -> None:
        """Let the API know who calls."""
        from calfcms.api.callers import set_authenticator
        from calfcms.syndication.authentication import authenticate

        set_authenticator(authenticate)
