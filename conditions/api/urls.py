"""What of the URL space is about conditions."""

from django.urls import path

from conditions.api.views import (
    ConditionEditionsView,
    ConditionEditionView,
    ConditionFeedbackView,
    ConditionsView,
    ConditionView,
)

urlpatterns = [
    path("conditions", ConditionsView.as_view()),
    path("conditions/<slug:slug>", ConditionView.as_view()),
    path("conditions/<slug:slug>/editions", ConditionEditionsView.as_view()),
    path("conditions/<slug:slug>/editions/<edition:number>", ConditionEditionView.as_view()),
    path("conditions/<slug:slug>/feedback", ConditionFeedbackView.as_view()),
]
