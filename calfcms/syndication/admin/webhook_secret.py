"""The page that shows the new secret of a webhook, once."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from calfcms.publishing.pages.reader import SAME_SITE, set_headers
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.models import WebhookEndpoint


def answer_with_webhook_secret(page: PartnerPage, endpoint: WebhookEndpoint) -> HttpResponse:
    """The page. No browser, proxy or search engine keeps it."""
    context = page.get_context_data() | {
        "title": f"Secret of a webhook: {page.partner.name}",
        "endpoint": endpoint,
    }
    answer = TemplateResponse(page.request, "syndication/webhook_secret.html", context)
    return set_headers(answer, SAME_SITE)
