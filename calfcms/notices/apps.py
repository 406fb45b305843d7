"""Django's entry for notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Telling people what waits for them: notices, and the e-mails that carry them."""

    name = "calfcms.notices"
    label = "notices"
