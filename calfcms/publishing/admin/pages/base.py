"""What all pages under a document have in common: who may open them, navigation, refusals."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused


class DocumentPage(TemplateView):
    """A page about one document, at `/admin/publishing/document/<id>/<path>/`.

    A subclass names its path, title, template and the right that opens it; it adds to the context
    in `describe`, and writes in `act`, by calling actions.
    """

    path: ClassVar[str]
    title: ClassVar[str]
    right: ClassVar[str] = "view_document"
    """The permission of `publishing` that opens the page; without it the answer is 403."""
    in_navigation: ClassVar[bool] = True
    http_method_names = ["get", "head", "post", "options"]

    document: Document
    refused: Refused | None = None

    @classmethod
    def get_url_name(cls) -> str:
        """The name of its address: `document_history` for the path `history`."""
        return f"document_{cls.path.replace('-', '_').replace('/', '_')}"

    @classmethod
    def get_url(cls, document: Document) -> str:
        """Its address for this document."""
        return reverse(f"admin:{cls.get_url_name()}", args=[document.pk])

    @classmethod
    def may_open(cls, user: Any) -> bool:
        """Whether this person may open it."""
        return bool(user.is_active and user.has_perm(f"publishing.{cls.right}"))

    @classmethod
    def fits(cls, document: Document) -> bool:  # noqa: ARG003
        """Whether there is such a page of this document. Of every document by default."""
        return True

    @property
    def person(self) -> User:
        """Who is looking."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - admin_view lets nobody else in
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the document, once it is clear that this person may know of it."""
        if not self.may_open(request.user):
            raise PermissionDenied
        self.document = get_object_or_404(Document, pk=kwargs["document_id"])
        if not self.fits(self.document):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
        """Act; a refusal shows the page again with every reason, and what was typed in."""
        try:
            return self.act(request)
        except Refused as refused:
            self.refused = refused
            return self.render_to_response(self.get_context_data(**kwargs), status=409)

    def act(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002
        """Do what the form asks for. Raises `Refused`."""
        raise PermissionDenied

    def describe(self) -> dict[str, Any]:
        """What the template needs beside the document."""
        return {}

    def done(self, message: str, page: "type[DocumentPage] | None" = None) -> HttpResponse:
        """Say what was done, on another page of the document (or this one again)."""
        messages.success(self.request, message)
        return redirect((page or type(self)).get_url(self.document))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context, the document, its navigation and the page's own."""
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": f"{self.title}: {self.document.slug}",
            "document": self.document,
            "page": self,
            "navigation": self._list_navigation(),
            "problems": self.refused.problems if self.refused else (),
            "form_values": self.request.POST,
            **self.describe(),
        }

    def _list_navigation(self) -> list[dict[str, Any]]:
        from calfcms.publishing.admin.pages import list_pages

        entries = [
            {
                "title": page.title,
                "url": page.get_url(self.document),
                "is_current": isinstance(self, page),
            }
            for page in list_pages()
            if page.in_navigation and page.fits(self.document) and page.may_open(self.request.user)
        ]
        edit_url = get_edit_url(self.document)
        if edit_url and self.request.user.has_perm("publishing.edit_draft"):
            is_current = self.request.path == edit_url
            entries.insert(1, {"title": "Edit", "url": edit_url, "is_current": is_current})
        return entries
