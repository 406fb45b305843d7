"""A preview as a page of its own: the reader's view, with a banner that says what it is."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from calfcms.publishing.outline import outline
from calfcms.publishing.previews import Preview

PRIVATE_HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
"""For what is reached by a secret address: kept by nobody, found by nobody, passed to nobody."""

SAME_SITE = {"Referrer-Policy": "same-origin"}
"""For a secret page with a form: under `no-referrer` its Origin would be "null", which the check
against forged forms refuses."""


def render_reader(
    request: HttpRequest,
    preview: Preview,
    *,
    framed: bool = False,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page. `framed`: inside a page of the admin, where links must open elsewhere."""
    html = preview.html
    shown = {
        "preview": preview,
        "html": _open_links_outside(html) if html and framed else html,
        "outline": () if html else outline(preview.edition),
        **(context or {}),
    }
    return render_private(
        request,
        "publishing/reader/page.html",
        shown,
        policy=get_policy(framed=framed),
        headers={"X-Frame-Options": "SAMEORIGIN"} if framed else None,
    )


def render_notice(request: HttpRequest, *, status: int, title: str, message: str) -> HttpResponse:
    """A page that says in words why there is nothing (more) to see."""
    shown = {"title": title, "message": message}
    return render_private(
        request, "publishing/reader/notice.html", shown, policy=get_policy(), status=status
    )


def render_private(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    policy: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A page that is kept by nobody, and loads only what the policy allows."""
    response = render(request, template, context, status=status)
    return set_headers(response, {"Content-Security-Policy": policy, **(headers or {})})


def set_headers(response: HttpResponse, more: Mapping[str, str] | None = None) -> HttpResponse:
    """The same response with the headers of what is secret, and these."""
    for name, value in {**PRIVATE_HEADERS, **(more or {})}.items():
        response.headers[name] = value
    return response


def get_policy(*, framed: bool = False, with_form: bool = False) -> str:
    """No scripts; pictures from here, and from where this deployment keeps its figures."""
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            " ".join(["img-src 'self'", *_list_media_origins()]),
            "base-uri 'none'",
            f"form-action {_quote(allowed=with_form)}",
            f"frame-ancestors {_quote(allowed=framed)}",
        ]
    )


def _quote(*, allowed: bool) -> str:
    return "'self'" if allowed else "'none'"


def _list_media_origins() -> Iterator[str]:
    for name in ("SITE_URL", "MEDIA_URL"):
        address = urlsplit(getattr(settings, name, ""))
        if address.scheme and address.netloc:
            yield f"{address.scheme}://{address.netloc}"


def _open_links_outside(html: str) -> str:
    """Let links to other pages leave the frame. Text cannot hold `<a`: it is escaped."""
    outside = '<a target="_blank" rel="noopener noreferrer" href="'
    for start in ("http", "/"):
        html = html.replace(f'<a href="{start}', f"{outside}{start}")
    return html
