"""Django's entry for the publishing app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Documents and editions; knows no kind of content by name."""

    name = "calfcms.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
