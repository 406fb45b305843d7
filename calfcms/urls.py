"""The whole URL space on one screen."""

from django.contrib import admin
from django.urls import include, path, re_path

from calfcms.api import paths as paths  # registers the converters
from calfcms.api.docs import DocsView, OpenApiView
from calfcms.api.entry_points import EntryPointsView
from calfcms.api.health import HealthView, ReadinessView
from calfcms.publishing.api.preview import PreviewApiView
from calfcms.publishing.pages.preview import PreviewView
from calfcms.publishing.pages.review import OutsideReviewView
from conditions.figure_store import NAME_PATTERN
from conditions.figure_view import serve_figure

LINKS = {
    "conditions": "/api/v1/conditions{?limit,cursor,locale}",
    "condition": "/api/v1/conditions/{slug}{?locale,format,as_of}",
    "condition_editions": "/api/v1/conditions/{slug}/editions{?limit,cursor,locale}",
    "condition_edition": "/api/v1/conditions/{slug}/editions/{number}{?locale,format}",
    "protocols": "/api/v1/triage/protocols{?limit,cursor,locale}",
    "protocol": "/api/v1/triage/protocols/{slug}{?locale,as_of}",
    "protocol_findings": "/api/v1/triage/protocols/{slug}/findings{?q,locale}",
    "evaluate": "/api/v1/triage/protocols/{slug}/evaluate",
    "preview": "/api/v1/preview/{token}{?format}",
    "openapi": "/api/v1/openapi.json",
    "docs": "/api/v1/docs",
}

urlpatterns = [
    path("api/v1/", include("conditions.api.urls")),
    path("api/v1", EntryPointsView.as_view(links=LINKS)),
    path("api/v1/openapi.json", OpenApiView.as_view()),
    path("api/v1/docs", DocsView.as_view()),
    path("api/v1/", include("triage.api.urls")),
    path("api/v1/preview/<str:token>", PreviewApiView.as_view()),
    path("healthz", HealthView.as_view()),
    path("readyz", ReadinessView.as_view()),
    path("accounts/", include("calfcms.accounts.urls")),
    path("preview/<str:token>", PreviewView.as_view(), name="preview"),
    path("review/<str:token>", OutsideReviewView.as_view(), name="outside_review"),
    re_path(rf"^media/figures/(?P<name>{NAME_PATTERN})\Z", serve_figure, name="figure"),
    path("admin/", admin.site.urls),
]

handler400 = "calfcms.api.error_pages.bad_request"
handler403 = "calfcms.api.error_pages.permission_denied"
handler404 = "calfcms.api.error_pages.page_not_found"
handler500 = "calfcms.api.error_pages.server_error"
