"""The page on which a partner is added."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from calfcms.publishing.problem import Problem, Refused
from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.admin.pages.keys import KeysPage
from calfcms.syndication.admin.partner_form import NewPartnerForm
from calfcms.syndication.models import Partner


class NewPartnerPage(TemplateView):
    """A form; the admin lets nobody here who may not add partners."""

    template_name = "syndication/new_partner.html"
    http_method_names = ["get", "head", "post", "options"]
    form: NewPartnerForm
    problems: tuple[Problem, ...] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        self.form = NewPartnerForm()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add it; a refusal shows the form again with every reason."""
        self.form = NewPartnerForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        assert isinstance(request.user, User)  # noqa: S101 - admin_view lets nobody else in
        try:
            partner = save_partner(
                partner=self.form.fill(Partner()), by=request.user, at=timezone.now()
            )
        except Refused as refused:
            self.problems = refused.problems
            return self.render_to_response(self.get_context_data(), status=409)
        messages.success(request, f"Added {partner.name}. Now make a key for it.")
        return redirect(KeysPage.get_url(partner))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context and the form."""
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": "New partner",
            "form": self.form,
            "problems": self.problems,
            "button": "Add this partner",
        }
