"""The page that shows the secret of a new key, once."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from calfcms.publishing.pages.reader import SAME_SITE, set_headers
from calfcms.syndication.actions.make_key import MadeKey
from calfcms.syndication.admin.pages.base import PartnerPage


def answer_with_secret(page: PartnerPage, made: MadeKey) -> HttpResponse:
    """The page. No browser, proxy or search engine keeps it."""
    context = page.get_context_data() | {
        "title": f"New key: {page.partner.name}",
        "made": made,
        "api_url": page.request.build_absolute_uri("/api/v1/partner"),
    }
    answer = TemplateResponse(page.request, "syndication/made_key.html", context)
    return set_headers(answer, SAME_SITE)
