"""Django's entry for feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What readers say about pages: taken in over the API, handled in the admin."""

    name = "calfcms.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Show the inbox on the first page of the admin, and messages in the evidence pack."""
        from calfcms.feedback.evidence import register_evidence
        from calfcms.feedback.home import register_panels

        register_evidence()
        register_panels()
