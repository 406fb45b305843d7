"""What Django answers when no view did: problems below /api, its own pages elsewhere."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults

from calfcms.api.problems import ApiProblem, answer

_FAILURE = RuntimeError("raised outside a view; Django has logged it")


def is_api_path(path: str) -> bool:
    """Whether programs read this path: the API and the health checks."""
    return path == "/api" or path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what Django found suspicious, such as a forged host."""
    if is_api_path(request.path):
        return answer(exception, request)
    return cast("HttpResponse", defaults.bad_request(request, exception))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if is_api_path(request.path):
        return answer(exception, request)
    return cast("HttpResponse", defaults.permission_denied(request, exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also for a trailing slash, since nothing of the API has one."""
    if is_api_path(request.path):
        return answer(exception if isinstance(exception, ApiProblem) else Http404(), request)
    return cast("HttpResponse", defaults.page_not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing of the inside shows."""
    if is_api_path(request.path):
        return answer(_FAILURE, request)
    return cast("HttpResponse", defaults.server_error(request))
