"""`/preview/<token>`: a draft for somebody without an account, while its link lasts."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import View

from calfcms.publishing.pages.reader import render_notice, render_reader
from calfcms.publishing.previews import build_draft_preview, get_linked_document, read_token


class PreviewView(View):
    """The draft as it is now; words where the link is none, or works no more."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """200, 410 after the link's time, 404 for what was never a link."""
        link, now = read_token(token), timezone.now()
        if link is None:
            return _say_unknown(request)
        if link.is_expired(at=now):
            return _say_expired(request)
        document = get_linked_document(link)
        preview = build_draft_preview(document, at=now) if document else None
        if preview is None:
            return _say_gone(request)
        return render_reader(request, preview, context={"expires_at": link.expires_at})


def _say_unknown(request: HttpRequest) -> HttpResponse:
    return render_notice(
        request,
        status=404,
        title="This is no preview",
        message="The address is not one that was given out here. Copy the whole link from the "
        "message that it came in, or ask whoever sent it for a new one.",
    )


def _say_expired(request: HttpRequest) -> HttpResponse:
    return render_notice(
        request,
        status=410,
        title="This link has expired",
        message="Preview links work for some days only. Ask whoever sent it for a new one.",
    )


def _say_gone(request: HttpRequest) -> HttpResponse:
    return render_notice(
        request,
        status=410,
        title="This draft is gone",
        message="The draft that this link was for has been discarded. Ask whoever sent the link.",
    )
