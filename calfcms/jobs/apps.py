"""Django's entry for jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work in the background: jobs in the database, and the worker that does them."""

    name = "calfcms.jobs"
    label = "jobs"
