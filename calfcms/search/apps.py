"""Django's entry for search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index of what is live."""

    name = "calfcms.search"
    label = "search"
