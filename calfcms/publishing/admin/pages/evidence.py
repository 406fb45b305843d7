"""The evidence pack of a document: a page to print, and downloads. Every look is logged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.actions.record_access import record_access
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.evidence.archive import build_archive, write_pack
from calfcms.publishing.evidence.pack import build_pack


class EvidencePage(DocumentPage):
    """For auditors: everything that shows who answers for the document."""

    path = "evidence"
    title = "Evidence"
    right = "read_audit"
    template_name = "publishing/evidence.html"

    def describe(self) -> dict[str, Any]:
        """The pack, as the downloads have it."""
        return {"pack": self._take("page")}

    def _take(self, form: str) -> dict[str, Any]:
        at = timezone.now()
        record_access(what="evidence", by=self.person, at=at, document=self.document, form=form)
        return build_pack(self.document, at=at)


class EvidenceJsonPage(EvidencePage):
    """The pack as JSON."""

    path = "evidence/json"
    in_navigation = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """A download."""
        return _send(write_pack(self._take("json")), "application/json", self._name("json"))

    def _name(self, suffix: str) -> str:
        return f"evidence-{self.document.kind}-{self.document.slug}-{self.document.locale}.{suffix}"


class EvidenceZipPage(EvidenceJsonPage):
    """The pack with every edition, as a ZIP."""

    path = "evidence/zip"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """A download."""
        archive = build_archive(self.document, self._take("zip"))
        return _send(archive, "application/zip", self._name("zip"))


def _send(body: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
