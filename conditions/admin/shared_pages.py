"""The pages about one row of a shared list, and the one about its deleted rows.

Each shows itself, and when posted to calls an action; a refusal shows it again with every reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from reversion.models import Version

from calfcms.publishing.problem import Problem, Refused
from conditions.actions.delete_shared_row import delete_shared_row
from conditions.actions.recover_shared_row import recover_shared_row
from conditions.deleted_rows import list_deleted_rows
from conditions.row_history import list_changes
from conditions.usages import list_usages

if TYPE_CHECKING:
    from conditions.admin.shared_rows import SharedRowAdmin


class RowPage:
    """One request for a page, about `row` where there is one."""

    template: ClassVar[str]

    def __init__(
        self, admin: SharedRowAdmin, request: HttpRequest, row: models.Model | None = None
    ) -> None:
        self.admin, self.request, self.row = admin, request, row
        self.table = admin.table
        self.key = self.table.get_key(row) if row else ""
        self.says: Any = self.table.read(row) if row else None
        self.problems: Sequence[Problem] = ()

    @property
    def person(self) -> User:
        """Who is looking."""
        assert isinstance(self.request.user, User)  # noqa: S101 - admin_view lets nobody else in
        return self.request.user

    def answer(self) -> HttpResponse:
        """The page, or where to go after what was done."""
        if self.request.method == "POST":
            try:
                if response := self.act():
                    return response
            except Refused as refused:
                self.problems = refused.problems
        return TemplateResponse(
            self.request,
            f"conditions/shared/{self.template}.html",
            {**self._describe_frame(), **self.describe()},
            status=409 if self.problems else 200,
        )

    def act(self) -> HttpResponse | None:
        """Do what was asked for; None where the page is to be shown again. Raises `Refused`."""
        return None

    def describe(self) -> dict[str, Any]:
        """What the template needs beside the row."""
        return {}

    def done(self, message: str, address: str) -> HttpResponse:
        """Say what was done, on another page."""
        messages.success(self.request, message)
        return redirect(address)

    def _describe_frame(self) -> dict[str, Any]:
        admin, row = self.admin, self.row
        addresses = ("change", "history", "delete") if row else ()
        return {
            **admin.admin_site.each_context(self.request),
            "title": f"{self.table.one}: {self.key}" if row else self.table.name,
            "table": self.table,
            "row": row,
            "line": admin.describe(self.says) if row else "",
            "problems": self.problems,
            "may_change": admin.has_change_permission(self.request, row),
            "may_delete": admin.has_delete_permission(self.request, row),
            "page": self.template,
            "list_url": admin.get_address("changelist"),
            **{f"{name}_url": admin.get_address(name, row and row.pk) for name in addresses},
        }


class FormPage(RowPage):
    """A row to change, or a new one."""

    template = "form"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = self.admin.row_form(self.request.POST or None, says=self.says)

    def act(self) -> HttpResponse | None:
        """Save, or do what another button asks for."""
        if self.row and (verb := self.request.POST.get("do")):
            done = self.admin.act(verb, self.key, self.person)
            return self.done(done, self.admin.get_address("change", self.row.pk))
        if not self.form.is_valid():
            return None
        key = getattr(self.form.draft, self.table.column)
        rows = self.table.model._default_manager.filter(**{self.table.column: key})
        if self.row is None and rows.exists():
            message = f"There is a {self.table.one} with this {self.table.column} already."
            self.form.add_error(self.form.key_name, message)
            return None
        self.admin.save_row(self.form.draft, self.person)
        row = rows.get()
        return self.done(f"Saved {key}.", self.admin.get_address("change", row.pk))

    def describe(self) -> dict[str, Any]:
        """The form, and the pages that a change changes."""
        usages = list_usages(self.table, self.key) if self.row else []
        links = self.admin.list_links(self.says) if self.row else []
        buttons = self.admin.buttons
        return {"form": self.form, "usages": usages, "links": links, "buttons": buttons}


class DeletePage(RowPage):
    """Asks before a row goes, and shows what still names it."""

    template = "delete"

    def act(self) -> HttpResponse:
        """Delete it."""
        delete_shared_row(table=self.table, key=self.key, by=self.person, at=timezone.now())
        message = f"Deleted {self.key}. It can be recovered here."
        return self.done(message, self.admin.get_address("show_deleted"))

    def describe(self) -> dict[str, Any]:
        """The documents that name it."""
        return {"usages": list_usages(self.table, self.key)}


class HistoryPage(RowPage):
    """What was done to the row, by whom and when."""

    template = "history"

    def describe(self) -> dict[str, Any]:
        """The changes, newest first."""
        return {"changes": list_changes(self.table, self.row) if self.row else []}


class DeletedPage(RowPage):
    """The deleted rows, each with a button to recover it."""

    template = "deleted"

    def act(self) -> HttpResponse:
        """Recover one."""
        number = self.request.POST.get("version", "")
        version = Version.objects.filter(pk=number if number.isdecimal() else 0).first()
        if version is None:
            raise Http404
        key = recover_shared_row(
            table=self.table, version=version, by=self.person, at=timezone.now()
        )
        return self.done(f"Recovered {key}.", self.admin.get_address("changelist"))

    def describe(self) -> dict[str, Any]:
        """The last copies of what was deleted."""
        deleted = list_deleted_rows(self.table)
        return {"deleted": [(row, self.admin.describe(row.says)) for row in deleted]}
