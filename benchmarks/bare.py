"""The anchor: Django with nothing in it but a view that returns 45 kB of ready bytes."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BYTES = b"x" * 45_000


def send_bytes(_request: HttpRequest) -> HttpResponse:
    """The least that Django can do."""
    return HttpResponse(BYTES, content_type="application/json")


urlpatterns = [path("anchor", send_bytes)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="anchor")  # noqa: S106

application = get_wsgi_application()
