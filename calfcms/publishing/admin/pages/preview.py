"""The draft, and the live edition, as readers see them; and links to show the draft to others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from calfcms.publishing.actions.share_preview import SharedPreview, share_preview
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_whole_number
from calfcms.publishing.models import Standing
from calfcms.publishing.pages.reader import SAME_SITE, render_reader, set_headers
from calfcms.publishing.previews import (
    DEFAULT_DAYS,
    MAX_DAYS,
    build_draft_preview,
    read_live_preview,
)
from calfcms.publishing.selectors import get_live_edition

DRAFT, LIVE = "draft", "live"
WIDTHS = {"wide": "Wide screen", "phone": "Phone"}


class PreviewPage(DocumentPage):
    """The reader's view in a frame, and the form that makes a link to it."""

    right = "view_submission"  # unsigned words are for those who work on them
    path = "preview"
    title = "Preview"
    template_name = "publishing/preview.html"
    shared: SharedPreview | None = None

    def act(self, request: HttpRequest) -> HttpResponse:
        """Make a link. It is shown once: only its event is kept."""
        if not self._may_share():
            raise PermissionDenied
        days = read_whole_number(request, "days", "days for which the link should work")
        self.shared = share_preview(
            document=self.document, by=self.person, at=timezone.now(), days=days
        )
        return set_headers(self.render_to_response(self.get_context_data()), SAME_SITE)

    def describe(self) -> dict[str, Any]:
        """Which of the two is shown, how wide, and the link if one was just made."""
        has_draft = Standing.objects.filter(document=self.document).exists()
        has_live = get_live_edition(self.document) is not None
        shown = self._choose(has_draft=has_draft, has_live=has_live)
        return {
            "has_draft": has_draft,
            "has_live": has_live,
            "shown": shown,
            "width": "phone" if self.request.GET.get("width") == "phone" else "wide",
            "widths": WIDTHS,
            "frame_url": f"{PreviewFrame.get_url(self.document)}?of={shown}" if shown else "",
            "may_share": has_draft and self._may_share(),
            "default_days": DEFAULT_DAYS,
            "max_days": MAX_DAYS,
            "shared": self.shared,
            "shared_url": self._write_address() if self.shared else "",
        }

    def _choose(self, *, has_draft: bool, has_live: bool) -> str:
        if has_live and (self.request.GET.get("of") == LIVE or not has_draft):
            return LIVE
        return DRAFT if has_draft else ""

    def _may_share(self) -> bool:
        return self.person.has_perm("publishing.invite")

    def _write_address(self) -> str:
        assert self.shared is not None  # noqa: S101 - asked by the caller
        path = reverse("preview", args=[self.shared.token])
        return self.request.build_absolute_uri(path)


class PreviewFrame(DocumentPage):
    """What is in the frame: the reader's page alone, `?of=draft` or `?of=live`."""

    right = "view_submission"  # unsigned words are for those who work on them
    path = "preview/page"
    title = "Preview"
    in_navigation = False
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The page, or 404 where there is no such draft or edition."""
        if request.GET.get("of") == LIVE:
            preview = read_live_preview(self.document)
        else:
            preview = build_draft_preview(self.document, at=timezone.now())
        if preview is None:
            raise Http404
        return render_reader(request, preview, framed=True)
