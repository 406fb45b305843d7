"""Django's middleware for people with browsers, left out where programs call.

The API has no sessions, cookies, forms or messages, so preparing them would cost time on each
request for nothing, and an API that cannot see a session cannot be made to act through one.
"""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin

from calfcms.api.error_pages import is_api_path


class PagesOnly(MiddlewareMixin):
    """Mixed into a middleware: on the API's paths it is not there."""

    def __call__(self, request: HttpRequest) -> Any:
        """The rest of the chain, with or without this middleware."""
        if is_api_path(request.path_info):
            return self.get_response(request)
        return super().__call__(request)


class PagesSessionMiddleware(PagesOnly, SessionMiddleware):
    """Sessions."""


class PagesCsrfMiddleware(PagesOnly, CsrfViewMiddleware):
    """Forms cannot be sent from other sites. On the API, views are exempt as REST framework's."""


class PagesAuthenticationMiddleware(PagesOnly, AuthenticationMiddleware):
    """`request.user`, from the session."""


class PagesMessageMiddleware(PagesOnly, MessageMiddleware):
    """Messages for the next page."""


class PagesFrameMiddleware(PagesOnly, XFrameOptionsMiddleware):
    """X-Frame-Options; the API says the same in its Content-Security-Policy."""
