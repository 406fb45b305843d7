"""Topics in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.utils import timezone

from conditions.actions.save_topic import save_topic
from conditions.admin.shared_forms import TopicForm
from conditions.admin.shared_rows import SharedRowAdmin
from conditions.draft import TopicDraft
from conditions.models import Topic
from conditions.shared_tables import TOPICS


@admin.register(Topic)
class TopicAdmin(SharedRowAdmin):
    """The subjects that pages are filed under."""

    table = TOPICS
    row_form = TopicForm
    list_display = ("slug", "title")
    search_fields = ("slug", "title")

    def save_row(self, draft: Any, by: User) -> None:
        """Save the topic."""
        save_topic(topic=draft, by=by, at=timezone.now())

    def describe(self, says: TopicDraft) -> str:
        """Its title."""
        return says.title
