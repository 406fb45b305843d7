"""Publishers in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.utils import timezone

from conditions.actions.save_publisher import save_publisher
from conditions.admin.shared_forms import PublisherForm
from conditions.admin.shared_rows import SharedRowAdmin
from conditions.draft import PublisherDraft
from conditions.models import Publisher
from conditions.shared_tables import PUBLISHERS


@admin.register(Publisher)
class PublisherAdmin(SharedRowAdmin):
    """Who answers for pages."""

    table = PUBLISHERS
    row_form = PublisherForm
    list_display = ("slug", "name", "url", "is_demonstration")
    search_fields = ("slug", "name")

    def save_row(self, draft: Any, by: User) -> None:
        """Save the publisher."""
        save_publisher(publisher=draft, by=by, at=timezone.now())

    def describe(self, says: PublisherDraft) -> str:
        """Its name."""
        return says.name

    def list_links(self, says: PublisherDraft) -> list[tuple[str, str]]:
        """Its site."""
        return [(says.url, says.url)]
