"""The admin's pages for partners and recalls. They read, and call actions to write."""

from calfcms.publishing.admin.pages import add_page
from calfcms.syndication.admin import partners, recalls, webhook_panel, webhooks
from calfcms.syndication.admin.recall_page import RecallPage
from calfcms.syndication.home import register_panels

add_page(RecallPage)
register_panels()
webhook_panel.register_panels()

__all__ = ["partners", "recalls", "webhooks"]
