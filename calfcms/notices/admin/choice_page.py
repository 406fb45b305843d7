"""`/admin/notices/choice/`: what is mailed to me."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from calfcms.notices.actions.choose import choose
from calfcms.notices.admin.own_page import OwnPage
from calfcms.notices.kinds import Kind
from calfcms.notices.selectors import list_mailed_kinds


class ChoicePage(OwnPage):
    """A box for each kind of notice."""

    title = "What is mailed to me"
    template_name = "notices/choices.html"

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save the boxes."""
        choose(person=self.person, mailed=request.POST.getlist("mailed"))
        messages.success(request, "Your choices are saved.")
        return redirect(request.path)

    def describe(self) -> dict[str, Any]:
        """Every kind, and whether it is mailed."""
        mailed = list_mailed_kinds(self.person)
        return {
            "kinds": [
                {"value": kind.value, "label": kind.label, "is_mailed": kind.value in mailed}
                for kind in Kind
            ],
            "address": self.person.email,
        }
