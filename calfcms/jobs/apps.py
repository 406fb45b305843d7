"""Django's entry for jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work in the background: jobs in the database, and the worker that does them."""

    name = "calfcms.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let `/readyz` know how the worker is."""
        from calfcms.api.health import set_lag_reader
        from calfcms.jobs.selectors import get_worker_lag

        set_lag_reader(get_worker_lag)
