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
        from calfcms.api.metrics import add_gauge
        from calfcms.jobs.duties import add_duty
        from calfcms.publishing.actions.carry_out import carry_out_due
        from calfcms.publishing.actions.events import record_event
        from calfcms.publishing.actions.withdraw_overdue import withdraw_overdue
        from calfcms.publishing.api import refusals  # noqa: F401 - as problems of the API
        from calfcms.publishing.facets import follow_live_edition
        from calfcms.publishing.live_changes import add_follower
        from calfcms.publishing.overdue import count_live, count_overdue

        set_recorder(record_event)
        add_follower(follow_live_edition)
        add_duty("publishing.carry_out_due", carry_out_due)
        add_duty("publishing.withdraw_overdue", withdraw_overdue)
        add_gauge("calfcms_live_documents", "What readers find.", label="kind", read=count_live)
        add_gauge(
            "calfcms_overdue_reviews",
            "Live editions whose review is overdue.",
            label="kind",
            read=count_overdue,
        )
