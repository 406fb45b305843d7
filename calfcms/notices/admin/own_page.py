"""What both pages have in common: they are about whoever looks, and nobody else."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.views.generic import TemplateView


class OwnPage(TemplateView):
    """A page about the person who is logged in. The admin lets only active staff in."""

    http_method_names = ("get", "head", "post", "options")

    @property
    def person(self) -> User:
        """Who is looking."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - admin_view lets nobody else in
        return user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context and the page's own."""
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": self.title,
            **self.describe(),
        }

    title = ""

    def describe(self) -> dict[str, Any]:
        """What the template needs."""
        return {}
