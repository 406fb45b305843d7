"""Django's entry for the publishing app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Documents and editions; knows no kind of content by name."""

    name = "calfcms.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write what happens to accounts into the audit log too; have the worker keep deadlines."""
        from calfcms.accounts.audit import set_recorder
        from calfcms.jobs.duties import add_duty
        from calfcms.publishing.actions.carry_out import carry_out_due
        from calfcms.publishing.actions.events import record_event
        from calfcms.publishing.actions.withdraw_overdue import withdraw_overdue
        from calfcms.publishing.api import refusals  # noqa: F401 - as problems of the API

        set_recorder(record_event)
        add_duty("publishing.carry_out_due", carry_out_due)
        add_duty("publishing.withdraw_overdue", withdraw_overdue)
