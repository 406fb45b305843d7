"""The addresses of the pages, and their place in the admin's navigation."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.urls import URLPattern, path

from calfcms.notices.admin.choice_page import ChoicePage
from calfcms.notices.admin.notice_page import NoticePage
from calfcms.notices.admin.own_page import OwnPage
from calfcms.notices.models import Choice, Notice
from calfcms.publishing.admin.read_only import ReadOnlyAdmin


class _OwnAdmin(ReadOnlyAdmin):
    """One page in place of Django's: no list of everybody's rows, no form, no deletion."""

    page: ClassVar[type[OwnPage]]

    def get_urls(self) -> list[URLPattern]:
        """The page, under the name of the list that it replaces."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", self.admin_site.admin_view(self.page.as_view()), name=name)]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody on the staff."""
        return _is_staff(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Everybody on the staff: their own."""
        return _is_staff(request.user)


def _is_staff(user: User | AnonymousUser) -> bool:
    return user.is_active and user.is_staff


@admin.register(Notice)
class NoticeAdmin(_OwnAdmin):
    """My notices."""

    page = NoticePage


@admin.register(Choice)
class ChoiceAdmin(_OwnAdmin):
    """What is mailed to me."""

    page = ChoicePage
