"""What is known of a partner, to be changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.pages.overview import OverviewPage
from calfcms.syndication.admin.partner_form import PartnerForm


class DetailsPage(PartnerPage):
    """A form, for those who may change partners."""

    path = "details"
    title = "Change"
    right = "syndication.change_partner"
    template_name = "syndication/details.html"
    form: PartnerForm | None = None

    def act(self, request: HttpRequest) -> HttpResponse:
        """Save it; what the fields refuse is shown at each."""
        self.form = PartnerForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        save_partner(partner=self.form.fill(self.partner), by=self.person, at=timezone.now())
        return self.done("Saved.", OverviewPage)

    def describe(self) -> dict[str, Any]:
        """The form."""
        return {"form": self.form or PartnerForm(partner=self.partner), "button": "Save"}
