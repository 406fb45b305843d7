"""The published past in the admin: to read, never to write. Writing is for actions alone."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from calfcms.publishing.models import (
    Document,
    Edition,
    Event,
    ReviewerProfile,
    SignOff,
    Submission,
)

admin.site.unregister(Group)
admin.site.unregister(User)


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]
    """Lists and shows; whoever may view may do nothing else, superusers included."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody."""
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Every document there is."""

    list_display = ("slug", "kind", "locale", "created_at", "created_by")
    list_filter = ("kind", "locale")
    list_select_related = ("created_by",)
    search_fields = ("slug",)


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


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The audit log."""

    list_display = ("seq", "at", "actor", "action", "subject", "edition")
    list_filter = ("action",)
    search_fields = ("subject", "actor")
    ordering = ("-seq",)


@admin.register(ReviewerProfile)
class ReviewerProfileAdmin(ModelAdmin):  # type: ignore[misc]
    """What entitles reviewers to sign. For administrators."""

    list_display = ("name", "credentials", "registration", "valid_until")
    list_select_related = ("user",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc, type-arg]
    """Accounts and their rights. For administrators."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]
    """Rights that belong together. For administrators."""
