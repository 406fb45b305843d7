"""What the admin of references, publishers and topics has in common: Django's own list, and pages
that call actions in the place of its forms. Nothing here saves a row itself."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.decorators import action

from conditions.admin.shared_forms import SharedRowForm
from conditions.admin.shared_pages import DeletedPage, DeletePage, FormPage, HistoryPage
from conditions.shared_tables import SharedTable


class SharedRowAdmin(ModelAdmin):  # type: ignore[misc]
    """The rows of one shared list."""

    table: ClassVar[SharedTable]
    row_form: ClassVar[type[SharedRowForm]]
    buttons: ClassVar[dict[str, str]] = {}
    """What a row's form can do beside saving: the verb that `act` gets, and the button's text."""
    actions = None
    list_per_page = 50
    actions_list = ("show_deleted",)

    def save_row(self, draft: Any, by: User) -> None:
        """Save through the list's own action."""
        raise NotImplementedError

    def act(self, verb: str, key: str, by: User) -> str:  # noqa: ARG002
        """Do what one of the `buttons` asks for, and say what was done."""
        raise PermissionDenied

    def describe(self, says: Any) -> str:
        """A row in one line."""
        return str(says)

    def list_links(self, says: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Where to look at what it speaks of: addresses, each with the text to show for it."""
        return []

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """A new row."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return FormPage(self, request).answer()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        *args: Any,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> HttpResponse:
        """A row, to read or to change."""
        row = self._get_row(request, object_id)
        if request.method == "POST" and not self.has_change_permission(request, row):
            raise PermissionDenied
        return FormPage(self, request, row).answer()

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: Any = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Whether a row may go."""
        row = self._get_row(request, object_id)
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        return DeletePage(self, request, row).answer()

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: Any = None,  # noqa: ARG002
    ) -> HttpResponse:
        """What was done to a row."""
        return HistoryPage(self, request, self._get_row(request, object_id)).answer()

    @action(description="Deleted ones", url_path="deleted", permissions=["change"])  # type: ignore[untyped-decorator]
    def show_deleted(self, request: HttpRequest) -> HttpResponse:
        """What can be recovered."""
        return DeletedPage(self, request).answer()

    def get_address(self, page: str, *args: Any) -> str:
        """The address of a page of this list: `changelist`, `change`, `show_deleted`."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _get_row(self, request: HttpRequest, object_id: str) -> models.Model:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row: models.Model | None = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row
