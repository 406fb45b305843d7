"""The pages under a document, each a view of its own. Adding one here gives it its address."""

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.compare import ComparePage
from calfcms.publishing.admin.pages.discard import DiscardPage
from calfcms.publishing.admin.pages.evidence import (
    EvidenceJsonPage,
    EvidencePage,
    EvidenceZipPage,
)
from calfcms.publishing.admin.pages.history import HistoryPage
from calfcms.publishing.admin.pages.invite import InvitePage
from calfcms.publishing.admin.pages.overview import OverviewPage
from calfcms.publishing.admin.pages.preview import PreviewFrame, PreviewPage
from calfcms.publishing.admin.pages.publish import PublishPage
from calfcms.publishing.admin.pages.restore import RestorePage
from calfcms.publishing.admin.pages.review import ReviewPage
from calfcms.publishing.admin.pages.submit import SubmitPage

_PAGES: list[type[DocumentPage]] = [
    OverviewPage,
    PreviewPage,
    PreviewFrame,
    SubmitPage,
    ReviewPage,
    ComparePage,
    HistoryPage,
    RestorePage,
    DiscardPage,
    PublishPage,
    InvitePage,
    EvidencePage,
    EvidenceJsonPage,
    EvidenceZipPage,
]


def add_page(page: type[DocumentPage]) -> None:
    """Let another app add a page under documents. Called once, when the admin is loaded."""
    if page not in _PAGES:
        _PAGES.append(page)


def list_pages() -> list[type[DocumentPage]]:
    """All pages, in the order of the navigation."""
    return list(_PAGES)
