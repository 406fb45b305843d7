"""Who gets to the pages for staff: sessions that have not ended and showed a second factor.

None of this runs on the API's paths, which know no sessions.
"""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from calfcms.accounts.sessions import has_second_factor, is_over

GetResponse = Callable[[HttpRequest], HttpResponse]

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SessionEndMiddleware:
    """Logs out whoever logged in too long ago, also when the browser stayed open."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, seen by nobody in particular once the session is over."""
        if request.path_info.startswith(("/admin/", "/accounts/")) and is_over(
            request, at=timezone.now()
        ):
            logout(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Keeps the admin to sessions with a second factor, where the deployment requires one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, or the way to a second factor."""
        if _lacks_second_factor(request):
            return _lead_to_second_factor(request)
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or not request.path_info.startswith("/admin/"):
        return False
    user = request.user
    if not user.is_authenticated:
        return False
    return not (has_second_factor(request, user) and is_mfa_enabled(user, FACTORS))


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    if is_mfa_enabled(request.user, FACTORS):
        logout(request)
        messages.warning(request, "Log in again, with your second factor.")
        return redirect_to_login(request.get_full_path())
    messages.warning(request, "Set up a second factor first: a passkey or an authenticator app.")
    return redirect("mfa_index")
