"""The admin's own log-in and password pages lead to those with a second factor."""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_to_log_in(
    request: HttpRequest,
    extra_context: dict[str, Any] | None = None,  # noqa: ARG001 - Django's signature
) -> HttpResponse:
    """`/admin/login/`: to the log-in, or onward for staff who are logged in.

    It never checks a password itself, not even for staff: that would go round the second factor.
    """
    target = _get_target(request)
    if not request.user.is_authenticated:
        return redirect_to_login(target)
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    return redirect(target)


def redirect_to_password(
    request: HttpRequest,  # noqa: ARG001
    extra_context: dict[str, Any] | None = None,  # noqa: ARG001
) -> HttpResponse:
    """`/admin/password_change/`: to the one page that changes a password."""
    return redirect("account_change_password")


def _get_target(request: HttpRequest) -> str:
    target = request.GET.get(REDIRECT_FIELD_NAME, "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("admin:index")
