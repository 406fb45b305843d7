"""Django's entry for local mode; installed in local mode only."""

from django.apps import AppConfig


class LocalConfig(AppConfig):
    """`run_locally`, and the log-in page that names the demonstration accounts."""

    name = "calfcms.local"
    label = "local"
