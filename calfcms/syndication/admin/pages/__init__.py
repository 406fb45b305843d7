"""The pages under a partner, each a view of its own. Adding one here gives it its address."""

from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.pages.details import DetailsPage
from calfcms.syndication.admin.pages.holdings import HoldingsPage
from calfcms.syndication.admin.pages.key import KeyPage
from calfcms.syndication.admin.pages.keys import KeysPage
from calfcms.syndication.admin.pages.new_key import NewKeyPage
from calfcms.syndication.admin.pages.new_webhook import NewWebhookPage
from calfcms.syndication.admin.pages.overview import OverviewPage
from calfcms.syndication.admin.pages.webhook import WebhookPage
from calfcms.syndication.admin.pages.webhook_delivery import WebhookDeliveryPage
from calfcms.syndication.admin.pages.webhooks import WebhooksPage

_PAGES: list[type[PartnerPage]] = [
    OverviewPage,
    KeysPage,
    NewKeyPage,
    KeyPage,
    HoldingsPage,
    WebhooksPage,
    NewWebhookPage,
    WebhookPage,
    WebhookDeliveryPage,
    DetailsPage,
]


def list_pages() -> list[type[PartnerPage]]:
    """All pages, in the order of the navigation."""
    return list(_PAGES)
