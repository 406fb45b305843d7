"""What of the URL space is about triage."""

from django.urls import path

from triage.api.evaluation_views import EvaluateView, NextView, ReceiptKeysView, ReplayView
from triage.api.parse import ParseView
from triage.api.scorecard import ScorecardView
from triage.api.statistics import StatisticsView
from triage.api.views import (
    FindingsView,
    ProtocolEditionDiffView,
    ProtocolEditionsView,
    ProtocolEditionView,
    ProtocolsView,
    ProtocolTimeMapView,
    ProtocolView,
)

urlpatterns = [
    path("triage/protocols", ProtocolsView.as_view()),
    path("triage/protocols/<slug:slug>", ProtocolView.as_view()),
    path("triage/protocols/<slug:slug>/timemap", ProtocolTimeMapView.as_view()),
    path("triage/protocols/<slug:slug>/findings", FindingsView.as_view()),
    path("triage/protocols/<slug:slug>/scorecard", ScorecardView.as_view()),
    path("triage/protocols/<slug:slug>/statistics", StatisticsView.as_view()),
    path("triage/protocols/<slug:slug>/evaluate", EvaluateView.as_view()),
    path("triage/protocols/<slug:slug>/next", NextView.as_view()),
    path("triage/replay", ReplayView.as_view()),
    path("triage/receipt-keys", ReceiptKeysView.as_view()),
    path("triage/protocols/<slug:slug>/parse", ParseView.as_view()),
    path("triage/protocols/<slug:slug>/editions", ProtocolEditionsView.as_view()),
    path("triage/protocols/<slug:slug>/editions/<edition:number>", ProtocolEditionView.as_view()),
    path(
        "triage/protocols/<slug:slug>/editions/<edition:number>/diff",
        ProtocolEditionDiffView.as_view(),
    ),
]
