"""Protocols in the admin: the list, the editor, and what the editor asks."""

from django.contrib import admin

from conditions.admin.draft_admin import DraftAdmin
from triage.admin.endpoints import ExpressionView, TryView
from triage.admin.new_page import NewProtocolPage
from triage.admin.protocol_editor import PROTOCOLS
from triage.models import Protocol


@admin.register(Protocol)
class ProtocolAdmin(DraftAdmin):
    """Every draft of a protocol."""

    edited = PROTOCOLS
    endpoints = {"expression": ExpressionView, "try": TryView}
    new_page = NewProtocolPage
    list_filter = ("document__locale",)
    search_fields = ("title", "document__slug")
