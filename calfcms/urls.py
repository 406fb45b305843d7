"""The whole URL space on one screen."""

from django.contrib import admin
from django.urls import include, path, re_path

from calfcms.api import paths as paths  # registers the converters
from calfcms.api.docs import DocsView, OpenApiView
from calfcms.api.entry_points import EntryPointsView
from calfcms.api.health import HealthView, ReadinessView
from calfcms.api.metrics import MetricsView
from calfcms.publishing.api.audit_events import AuditEventsView
from calfcms.publishing.api.audit_evidence import AuditEvidenceView
from calfcms.publishing.api.audit_verify import AuditVerifyView
from calfcms.publishing.api.change_feed import ChangesView
from calfcms.publishing.api.preview import PreviewApiView
from calfcms.publishing.pages.preview import PreviewView
from calfcms.publishing.pages.review import OutsideReviewView
from conditions.figure_store import NAME_PATTERN
from conditions.figure_view import serve_figure

LINKS = {
    "conditions": "/api/v1/conditions"
    "{?limit,cursor,locale,as_of,fields,topic,code,reviewed_before,q}",
    "conditions_export": "/api/v1/conditions/export{?locale,topic}",
    "red_flags": "/api/v1/red-flags{?limit,cursor,locale,as_of,topic,code,urgency}",
    "references": "/api/v1/references{?limit,cursor,locale,as_of,doi,pmid,key}",
    "condition": "/api/v1/conditions/{slug}{?locale,format,as_of,fields}",
    "condition_sections": "/api/v1/conditions/{slug}/sections/{aspect}{?locale,as_of}",
    "condition_red_flags": "/api/v1/conditions/{slug}/red-flags{?locale,as_of}",
    "condition_faqs": "/api/v1/conditions/{slug}/faqs{?locale,as_of}",
    "condition_timemap": "/api/v1/conditions/{slug}/timemap{?locale}",
    "condition_editions": "/api/v1/conditions/{slug}/editions{?limit,cursor,locale}",
    "condition_edition": "/api/v1/conditions/{slug}/editions/{number}{?locale,format,fields}",
    "condition_diff": "/api/v1/conditions/{slug}/editions/{number}/diff{?against,locale}",
    "protocols": "/api/v1/triage/protocols{?limit,cursor,locale,as_of,fields}",
    "protocol": "/api/v1/triage/protocols/{slug}{?locale,as_of,fields}",
    "protocol_timemap": "/api/v1/triage/protocols/{slug}/timemap{?locale}",
    "protocol_findings": "/api/v1/triage/protocols/{slug}/findings{?q,locale}",
    "protocol_scorecard": "/api/v1/triage/protocols/{slug}/scorecard{?locale,as_of}",
    "protocol_statistics": "/api/v1/triage/protocols/{slug}/statistics",
    "protocol_diff": "/api/v1/triage/protocols/{slug}/editions/{number}/diff{?against,locale}",
    "evaluate": "/api/v1/triage/protocols/{slug}/evaluate",
    "next_questions": "/api/v1/triage/protocols/{slug}/next",
    "replay": "/api/v1/triage/replay",
    "receipt_keys": "/api/v1/triage/receipt-keys",
    "parse": "/api/v1/triage/protocols/{slug}/parse",
    "changes": "/api/v1/changes{?limit,cursor,kind,locale}",
    "recalls": "/api/v1/recalls{?limit,cursor}",
    "acknowledge_recall": "/api/v1/recalls/{id}/ack",
    "audit_events": "/api/v1/audit/events"
    "{?limit,cursor,action,actor,document,digest,since,before,order,format}",
    "audit_verify": "/api/v1/audit/verify{?after,hash}",
    "audit_evidence": "/api/v1/audit/documents/{id}/evidence{?format}",
    "partner": "/api/v1/partner",
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
    path("api/v1/", include("calfcms.syndication.api.urls")),
    path("api/v1/changes", ChangesView.as_view()),
    path("api/v1/audit/events", AuditEventsView.as_view()),
    path("api/v1/audit/verify", AuditVerifyView.as_view()),
    path("api/v1/audit/documents/<uuid:document_id>/evidence", AuditEvidenceView.as_view()),
    path("api/v1/preview/<str:token>", PreviewApiView.as_view()),
    path("healthz", HealthView.as_view()),
    path("readyz", ReadinessView.as_view()),
    path("metrics", MetricsView.as_view()),
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
