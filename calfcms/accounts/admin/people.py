"""Accounts: who may log in, and which groups they are in."""

from copy import copy
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.forms import UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from calfcms.accounts.actions.delete_person import delete_person
from calfcms.accounts.actions.remove_second_factors import remove_second_factors
from calfcms.accounts.actions.save_person import save_person
from calfcms.accounts.admin.passwords import PasswordForm
from calfcms.accounts.admin.person import get_person
from calfcms.accounts.limits import may_change_person, may_change_rights_of, may_delete_person

NAMES = ("Name", {"fields": ("first_name", "last_name", "email")})
RIGHTS = ("Rights", {"fields": ("is_active", "groups")})
ALL_RIGHTS = ("Rights", {"fields": ("is_active", "groups", "is_staff", "is_superuser")})
DATES = ("Dates", {"fields": ("last_login", "date_joined")})


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc, type-arg]
    """Accounts and their groups."""

    form = UserChangeForm
    add_form = UserCreationForm
    list_display = ("username", "first_name", "last_name", "is_active", "has_second_factor")
    list_filter = ("groups", "is_active", "is_staff")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = ("remove_second_factors",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With whether each has a second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        return super().get_queryset(request).annotate(_has_second_factor=Exists(factors))

    @admin.display(boolean=True, description="second factor")
    def has_second_factor(self, person: Any) -> bool:
        """Whether a code or a passkey is asked for at log-in."""
        return bool(person._has_second_factor)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever manages accounts; those of superusers are for superusers."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change_person(get_person(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only accounts that were never used."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_delete_person(get_person(request), obj))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Staff and superuser are for superusers to see and give; rights come with groups."""
        if obj is None:
            return super().get_fieldsets(request, obj)
        may_change = self.has_change_permission(request, obj)
        account = (None, {"fields": ("username", "password") if may_change else ("username",)})
        return [account, NAMES, ALL_RIGHTS if request.user.is_superuser else RIGHTS, DATES]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Groups as boxes to tick."""
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """One's own rights are to be seen, not changed."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or may_change_rights_of(get_person(request), obj):
            return fields
        return (*fields, "is_active", "groups")

    def get_actions(self, request: HttpRequest) -> Any:
        """One account at a time, except where a superuser helps somebody to log in again."""
        return super().get_actions(request) if request.user.is_superuser else {}

    @admin.action(description="Remove second factors (after asking who it is)")
    def remove_second_factors(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """For people who lost theirs."""
        by, at = get_person(request), timezone.now()
        counts = [remove_second_factors(person=person, by=by, at=at) for person in people]
        self.message_user(request, f"Removed {sum(counts)} second factors and recovery codes.")

    def save_model(self, request: HttpRequest, obj: User, form: Any, *_: Any) -> None:
        """Through the action."""
        save_person(
            person=obj,
            by=get_person(request),
            at=timezone.now(),
            groups=form.cleaned_data.get("groups"),
        )

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """`save_person` did it."""

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Through the action."""
        delete_person(person=obj, by=get_person(request), at=timezone.now())

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name for it
        form_url: str = "",
    ) -> HttpResponse:
        """Somebody else's password; one's own is changed where the old one is asked for."""
        person = self.get_object(request, unquote(id))
        if person == request.user:
            messages.info(request, "Change your own password here.")
            return redirect("account_change_password")
        for_one = copy(self)  # this object serves all requests
        for_one.change_password_form = partial(PasswordForm, by=get_person(request))
        return super(UserAdmin, for_one).user_change_password(request, id, form_url)
