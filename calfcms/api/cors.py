"""Cross-origin requests: any origin may read and evaluate, never with credentials.

The answer is the same for every origin, so it is also given where no `Origin` was sent: a cache
then needs one copy, not one for each site that embeds the content.
"""

from django.http import HttpRequest

ANSWER = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Cache-Tag, Content-Location, Content-Recall, Content-Review, Content-Translation, "
        "Deprecation, ETag, Feed-Cursor, Last-Modified, Link, Memento-Datetime, RateLimit, "
        "RateLimit-Policy, Retry-After, Sunset"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
    "Access-Control-Allow-Headers": (
        "accept, accept-datetime, accept-language, authorization, content-type, "
        "if-modified-since, if-none-match"
    ),
    "Access-Control-Max-Age": "86400",
}


def is_preflight(request: HttpRequest) -> bool:
    """Whether a browser asks what it may ask."""
    return request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
