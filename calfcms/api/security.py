"""Content-Security-Policy: nothing is loaded from other hosts, and the API loads nothing at all."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_API = "default-src 'none'; frame-ancestors 'none'"
_DOCS = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "worker-src blob:; frame-ancestors 'none'"
)
_ADMIN = (  # the admin's dress uses Alpine, which needs unsafe-eval
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: {pictures}; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def get_policy(path: str) -> str:
    """The policy for a path: the docs page, the rest of the API, everything else."""
    if path.startswith("/api/v1/docs"):
        return _DOCS
    return _API if path.startswith("/api/") else _ADMIN.format(pictures=_get_picture_origin())


def _get_picture_origin() -> str:
    """Where the pictures of pages come from: this site, or the host that MEDIA_URL names."""
    address = urlsplit(settings.MEDIA_URL)
    return f"{address.scheme}://{address.netloc}" if address.netloc else "'self'"


class PagePolicyMiddleware:
    """Adds the policy to pages; the API's answers get theirs in `calfcms.api.middleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", get_policy(request.path))
        return response
