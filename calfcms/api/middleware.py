"""What every request passes: short for programs below /api/, Django's whole stack for pages.

The API has no sessions, cookies, forms or messages, so preparing them would cost time on each
request for nothing, and an API that cannot see a session cannot be made to act through one.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from calfcms.api.cors import ANSWER, PREFLIGHT, is_preflight
from calfcms.api.error_pages import is_api_path
from calfcms.api.security import get_policy

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ApiMiddleware:
    """Below /api/ and on the health checks: the host is checked, headers are added, no more."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, which any origin may read and no page may frame."""
        path = request.path_info
        if not is_api_path(path):
            return self.get_response(request)
        request.get_host()  # raises where it is none of ALLOWED_HOSTS
        is_shared = path.startswith("/api/")
        if is_shared and is_preflight(request):
            return HttpResponse(status=204, headers=PREFLIGHT)
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", get_policy(path))
        if is_shared:
            for name, value in ANSWER.items():
                headers[name] = value
        if not response.streaming and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response


class PagesMiddleware:
    """Runs the middleware of `settings.PAGES_MIDDLEWARE`, in that order, for pages only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.views = get_response
        self.pages: Any = get_response
        self.layers: list[Any] = []
        for name in reversed(settings.PAGES_MIDDLEWARE):
            layer = import_string(name)(self.pages)
            self.layers.insert(0, layer)
            self.pages = convert_exception_to_response(layer)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with or without all of them."""
        answer: GetResponse = self.views if is_api_path(request.path_info) else self.pages
        return answer(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """What the first of them answers in place of the view: CSRF protection, for one."""
        if is_api_path(request.path_info):
            return None
        return self._ask(self.layers, "process_view", request, view, args, kwargs)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What the innermost of them answers to what a view raised: allauth does so."""
        if is_api_path(request.path_info):
            return None
        return self._ask(reversed(self.layers), "process_exception", request, error)

    @staticmethod
    def _ask(layers: Any, hook: str, *arguments: Any) -> HttpResponseBase | None:
        for layer in layers:
            if hasattr(layer, hook):
                response: HttpResponseBase | None = getattr(layer, hook)(*arguments)
                if response is not None:
                    return response
        return None
