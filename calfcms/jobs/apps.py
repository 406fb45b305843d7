"""Django's entry for jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work in the background: jobs in the database, and the worker that does them."""

    name = "calfcms.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let `/readyz` and `/metrics` know how the worker is."""
        from calfcms.api.health import set_lag_reader
        from calfcms.api.metrics import add_gauge
        from calfcms.jobs.selectors import count_jobs, get_worker_lag, read_lag

        set_lag_reader(get_worker_lag)
        add_gauge("calfcms_jobs", "Jobs that are not done.", label="state", read=count_jobs)
        add_gauge(
            "calfcms_worker_lag_seconds",
            "Seconds since a worker was seen at work.",
            label="worker",
            read=read_lag,
        )
