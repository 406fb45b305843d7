"""The service as it is, with the anchor's view mounted beside the API, behind its middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BYTES = b"x" * 45_000


def send_bytes(_request: HttpRequest) -> HttpResponse:
    """Ready bytes, after all that the service does for any request below /api/."""
    return HttpResponse(BYTES, content_type="application/json")


settings.ROOT_URLCONF = __name__
application = get_wsgi_application()

from calfcms import urls  # noqa: E402 - its views need the models

urlpatterns = [path("api/anchor", send_bytes), *urls.urlpatterns]
