"""The pages under a document, each a view of its own. Adding one here gives it its address."""

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.overview import OverviewPage

_PAGES: list[type[DocumentPage]] = [OverviewPage]


def list_pages() -> list[type[DocumentPage]]:
    """All pages, in the order of the navigation."""
    return list(_PAGES)
