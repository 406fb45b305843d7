"""Reviewer profiles in the admin: written through actions, by administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_slug
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from calfcms.publishing.actions.save_reviewer_profile import (
    FIELDS,
    delete_reviewer_profile,
    is_used,
    save_reviewer_profile,
)
from calfcms.publishing.models import ReviewerProfile
from calfcms.publishing.problem import Refused


class TagsField(forms.CharField):
    """A list of slugs, typed in one line with commas between."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Sorted, each once; spaces within one become hyphens."""
        text = super().clean(value)
        tags = {"-".join(tag.lower().split()) for tag in text.split(",") if tag.strip()}
        for tag in tags:
            validate_slug(tag)
        return sorted(tags)


class ReviewerProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """All that a sign-off copies, and until when it holds."""

    specialties = TagsField(
        required=False,
        help_text="What this reviewer may sign for, separated by commas: "
        "general-practice, vascular-medicine",
    )

    class Meta:
        model = ReviewerProfile
        fields = ("user", *FIELDS)
        help_texts = {
            "credentials": "As readers see them: MB BS, MRCGP",
            "registration_body": "The register that can be asked, such as the GMC",
            "valid_until": "The last day on which this person may sign. A day that has passed "
            "ends it.",
            "conflicts_of_interest": "A standing declaration; each sign-off asks again.",
        }


@admin.register(ReviewerProfile)
class ReviewerProfileAdmin(ModelAdmin):  # type: ignore[misc]
    """What entitles reviewers to sign. For administrators, and not for their own."""

    form = ReviewerProfileForm
    fields = ("user", *FIELDS)
    list_display = ("name", "credentials", "registration", "list_specialties", "valid_until")
    list_select_related = ("user",)
    search_fields = ("name", "registration_number", "user__username")
    actions = None

    @admin.display(description="specialties")
    def list_specialties(self, profile: ReviewerProfile) -> str:
        """In one line."""
        return ", ".join(profile.specialties)

    def has_change_permission(
        self, request: HttpRequest, obj: ReviewerProfile | None = None
    ) -> bool:
        """Whoever manages people, except their own."""
        allowed = super().has_change_permission(request, obj)
        return bool(allowed and not _is_own(request, obj))

    def has_delete_permission(
        self, request: HttpRequest, obj: ReviewerProfile | None = None
    ) -> bool:
        """Only what was never used."""
        allowed = super().has_delete_permission(request, obj) and not _is_own(request, obj)
        return bool(allowed and (obj is None or not is_used(obj)))

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        """A profile stays with its person."""
        return ("user",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """People without a profile, and not oneself."""
        people = User.objects.filter(reviewer_profile=None).order_by("username")
        if not request.user.is_superuser:
            people = people.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, queryset=people, **kwargs)

    def save_model(self, request: HttpRequest, obj: ReviewerProfile, *_: Any) -> None:
        """Through the action."""
        try:
            save_reviewer_profile(profile=obj, by=_get_person(request), at=timezone.now())
        except Refused as refused:  # the page does not offer it: a made-up request
            raise PermissionDenied(str(refused)) from refused

    def delete_model(self, request: HttpRequest, obj: ReviewerProfile) -> None:
        """Through the action."""
        try:
            delete_reviewer_profile(profile=obj, by=_get_person(request), at=timezone.now())
        except Refused as refused:
            raise PermissionDenied(str(refused)) from refused


def _is_own(request: HttpRequest, profile: ReviewerProfile | None) -> bool:
    person = _get_person(request)
    return profile is not None and profile.user_id == person.pk and not person.is_superuser


def _get_person(request: HttpRequest) -> User:
    person = request.user
    assert isinstance(person, User)  # noqa: S101 - admin_view lets nobody else in
    return person
