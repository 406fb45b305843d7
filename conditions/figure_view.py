"""Serves the files of figures to everybody, to be kept by browsers for as long as they like.

Content-Security-Policy and the fixed type keep a file from being anything but a picture. A web
server in front may serve the folder itself (docs/figures.md).
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from conditions.figure_store import get_path

HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@require_safe
def serve_figure(request: HttpRequest, name: str) -> HttpResponse:
    """The file of that name. The name is the digest, so it is also the entity tag."""
    etag = f'"{name.split(".")[0]}"'
    path = get_path(name)
    if not path.is_file():
        raise Http404
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=HEADERS | {"ETag": etag})
    return HttpResponse(
        path.read_bytes(),
        content_type=f"image/{path.suffix[1:]}",
        headers=HEADERS | {"ETag": etag},
    )
