"""Cross-origin requests: any origin may read and evaluate, never with credentials.

The answer is the same for every origin, so it is also given where no `Origin` was sent: a cache
then needs one copy, not one for each site that embeds the content.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ANSWER = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Cache-Tag, Content-Location, Content-Review, ETag, Last-Modified, Retry-After"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
    "Access-Control-Allow-Headers": (
        "accept, accept-language, authorization, content-type, if-modified-since, if-none-match"
    ),
    "Access-Control-Max-Age": "86400",
}


class AnyOriginMiddleware:
    """Answers preflights below /api/, and lets every origin see the answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        if request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META:
            return HttpResponse(status=204, headers=PREFLIGHT)
        response = self.get_response(request)
        for name, value in ANSWER.items():
            response.headers[name] = value
        return response
