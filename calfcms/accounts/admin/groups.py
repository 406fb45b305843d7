"""Groups: what the people in them may do."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from calfcms.accounts.actions.save_group import delete_group, save_group
from calfcms.accounts.admin.person import get_person
from calfcms.accounts.limits import list_held, may_change_group, may_delete_group


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]
    """Rights that belong together."""

    actions = None
    filter_horizontal = ()

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Whoever manages groups, within limits."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change_group(get_person(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """As with changing, and only groups that nobody is in."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_delete_group(get_person(request), obj))

    def formfield_for_manytomany(  # type: ignore[override]
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> Any:
        """Boxes to tick, for the rights that one holds oneself."""
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = lambda permission: permission.name
        if not request.user.is_superuser:
            held = list_held(request.user, Permission.objects.select_related("content_type"))
            field.queryset = field.queryset.filter(pk__in=[one.pk for one in held])
        return field

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        """What was chosen, and what the group has that could not be chosen."""
        offered = set(form.fields["permissions"].queryset)
        kept = set(obj.permissions.all()) - offered if change else set()
        save_group(
            group=obj,
            permissions={*form.cleaned_data["permissions"], *kept},
            by=get_person(request),
            at=timezone.now(),
        )

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """`save_group` did it."""

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        """Through the action."""
        delete_group(group=obj, by=get_person(request), at=timezone.now())
