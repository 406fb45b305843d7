"""The published past in the admin: to read, never to write. Writing is for actions alone."""

from django.contrib import admin

from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.publishing.models import Edition, SignOff, Submission


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Everything that was ever published."""

    list_display = ("document", "number", "change_class", "published_at", "published_by")
    list_filter = ("change_class",)
    list_select_related = ("document", "published_by")
    ordering = ("-published_at",)


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Every request for a review."""

    list_display = ("document", "change_class", "note", "submitted_at", "submitted_by")
    list_select_related = ("document", "submitted_by")
    ordering = ("-submitted_at",)


@admin.register(SignOff)
class SignOffAdmin(ReadOnlyAdmin):
    """Every decision of a reviewer."""

    list_display = ("document", "role", "decision", "reviewer_name", "signed_at")
    list_filter = ("role", "decision")
    list_select_related = ("document",)
    ordering = ("-signed_at",)
