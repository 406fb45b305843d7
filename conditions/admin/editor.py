"""The page on which a draft is written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.kinds import get_kind
from conditions.admin.condition_editor import CONDITIONS
from conditions.admin.edited import EditedKind
from conditions.admin.standing import describe_standing


class EditPage(DocumentPage):
    """One draft, whole: its script makes the form from the draft's JSON."""

    path = "edit"
    title = "Edit"
    right = "edit_draft"
    http_method_names = ["get", "head", "options"]
    edited: EditedKind = CONDITIONS
    """Another kind is given to `as_view`."""
    draft: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The editor; a document whose draft was discarded has none."""
        if self.document.kind != self.edited.name:
            raise Http404
        draft = get_kind(self.edited.name).read_draft(self.document)
        if draft is None:
            messages.warning(request, "This page has no draft. Its history can restore one.")
            return redirect(reverse("admin:document_overview", args=[self.document.pk]))
        self.draft = draft
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """The kind's own, which names its script."""
        return [self.edited.template]

    def describe(self) -> dict[str, Any]:
        """The draft and the form, for the script."""
        return {
            "title": f"Edit: {self.draft.title}",
            "form": {
                "draft": self.draft.model_dump(mode="json"),
                "standing": describe_standing(self.document),
                "document": str(self.document.pk),
                "person": str(self.person.pk),
                **self.edited.describe_form(self.document),
            },
        }
