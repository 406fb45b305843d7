"""Pages about conditions in the admin: the list, the editor, and what the editor asks."""

from django.contrib import admin

from conditions.admin.condition_editor import CONDITIONS
from conditions.admin.draft_admin import DraftAdmin
from conditions.admin.endpoints import PreviewView
from conditions.admin.new_page import NewConditionPage
from conditions.models import Condition


@admin.register(Condition)
class ConditionAdmin(DraftAdmin):
    """Every draft of a page."""

    edited = CONDITIONS
    endpoints = {"preview": PreviewView}
    new_page = NewConditionPage
    list_filter = ("document__locale", "topic_links__topic")
    search_fields = ("title", "name", "document__slug")
