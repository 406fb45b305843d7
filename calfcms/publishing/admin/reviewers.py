"""Reviewer profiles in the admin."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from calfcms.publishing.models import ReviewerProfile


@admin.register(ReviewerProfile)
class ReviewerProfileAdmin(ModelAdmin):  # type: ignore[misc]
    """What entitles reviewers to sign. For administrators."""

    list_display = ("name", "credentials", "registration", "valid_until")
    list_select_related = ("user",)
