"""Django's entry for feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What readers say about pages: taken in over the API, handled in the admin."""

    name = "calfcms.feedback"
    label = "feedback"
