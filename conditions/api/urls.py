"""What of the URL space is about conditions."""

from django.urls import path

from conditions.api.parts import (
    ConditionFaqsView,
    ConditionRedFlagsView,
    ConditionSectionsView,
)
from conditions.api.red_flags import RedFlagsView
from conditions.api.references import ReferencesView
from conditions.api.views import (
    ConditionEditionDiffView,
    ConditionEditionsView,
    ConditionEditionView,
    ConditionFeedbackView,
    ConditionsExportView,
    ConditionsView,
    ConditionTimeMapView,
    ConditionView,
)

urlpatterns = [
    path("red-flags", RedFlagsView.as_view()),
    path("references", ReferencesView.as_view()),
    path("conditions", ConditionsView.as_view()),
    path("conditions/export", ConditionsExportView.as_view()),
    path("conditions/<slug:slug>", ConditionView.as_view()),
    path("conditions/<slug:slug>/editions", ConditionEditionsView.as_view()),
    path("conditions/<slug:slug>/editions/<edition:number>", ConditionEditionView.as_view()),
    path(
        "conditions/<slug:slug>/editions/<edition:number>/diff",
        ConditionEditionDiffView.as_view(),
    ),
    path("conditions/<slug:slug>/timemap", ConditionTimeMapView.as_view()),
    path("conditions/<slug:slug>/red-flags", ConditionRedFlagsView.as_view()),
    path("conditions/<slug:slug>/faqs", ConditionFaqsView.as_view()),
    path("conditions/<slug:slug>/sections/<slug:aspect>", ConditionSectionsView.as_view()),
    path("conditions/<slug:slug>/feedback", ConditionFeedbackView.as_view()),
]
