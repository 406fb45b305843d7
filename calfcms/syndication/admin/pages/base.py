"""What all pages under a partner have in common: who may open them, navigation, refusals."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from calfcms.publishing.problem import Refused
from calfcms.syndication.models import Partner


class PartnerPage(TemplateView):
    """A page about one partner, at `/admin/syndication/partner/<id>/<path>/`.

    A subclass names its path, title, template and the right that opens it; it adds to the context
    in `describe`, and writes in `act`, by calling actions.
    """

    path: ClassVar[str]
    title: ClassVar[str]
    right: ClassVar[str] = "syndication.view_partner"
    """The permission that opens the page; without it the answer is 403."""
    in_navigation: ClassVar[bool] = True
    http_method_names = ["get", "head", "post", "options"]

    partner: Partner
    refused: Refused | None = None

    @classmethod
    def get_url_name(cls) -> str:
        """The name of its address: `partner_keys` for the path `keys`."""
        words = cls.path.replace("-", "_").split("/")
        return "_".join(["partner", *(word for word in words if not word.startswith("<"))])

    @classmethod
    def get_url(cls, partner: Partner, *args: Any) -> str:
        """Its address for this partner."""
        return reverse(f"admin:{cls.get_url_name()}", args=[partner.pk, *args])

    @classmethod
    def may_open(cls, user: Any) -> bool:
        """Whether this person may open it."""
        return bool(user.is_active and user.has_perm(cls.right))

    @property
    def person(self) -> User:
        """Who is looking."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - admin_view lets nobody else in
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the partner, once it is clear that this person may know of it."""
        if not self.may_open(request.user):
            raise PermissionDenied
        self.partner = get_object_or_404(Partner, pk=kwargs["partner_id"])
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> None:
        """Find what else the address names, or raise `Http404`."""

    def post(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
        """Act; a refusal shows the page again with every reason, and what was typed in."""
        try:
            return self.act(request)
        except Refused as refused:
            if any(problem.code == "not_allowed" for problem in refused.problems):
                raise PermissionDenied(str(refused)) from refused  # the page does not offer it
            self.refused = refused
            return self.render_to_response(self.get_context_data(**kwargs), status=409)

    def act(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002
        """Do what the form asks for. Raises `Refused`."""
        raise PermissionDenied

    def describe(self) -> dict[str, Any]:
        """What the template needs beside the partner."""
        return {}

    def done(self, message: str, page: "type[PartnerPage] | None" = None) -> HttpResponse:
        """Say what was done, on another page of the partner (or this one again)."""
        messages.success(self.request, message)
        return redirect((page or type(self)).get_url(self.partner))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context, the partner, its navigation and the page's own."""
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": f"{self.title}: {self.partner.name}",
            "partner": self.partner,
            "page": self,
            "navigation": self._list_navigation(),
            "problems": self.refused.problems if self.refused else (),
            "form_values": self.request.POST,
            **self.describe(),
        }

    def _list_navigation(self) -> list[dict[str, Any]]:
        from calfcms.syndication.admin.pages import list_pages

        return [
            {
                "title": page.title,
                "url": page.get_url(self.partner),
                "is_current": isinstance(self, page) or self.belongs_to(page),
            }
            for page in list_pages()
            if page.in_navigation and page.may_open(self.request.user)
        ]

    def belongs_to(self, page: "type[PartnerPage]") -> bool:
        """Whether this page is opened from that one, whose tab is then the current one."""
        return self.path.startswith(f"{page.path}/")
