"""Django's settings for what is measured in this process."""

import os

import django


def set_up() -> None:
    """Local settings; no database is asked."""
    os.environ.setdefault("CALFCMS_LOCAL", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfcms.settings")
    django.setup()
