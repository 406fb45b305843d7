"""What of the URL space is about partners."""

from django.urls import path

from calfcms.syndication.api.acknowledgements import AcknowledgementView
from calfcms.syndication.api.partner import PartnerView
from calfcms.syndication.api.recalls import RecallsView

urlpatterns = [
    path("partner", PartnerView.as_view()),
    path("recalls", RecallsView.as_view()),
    path("recalls/<uuid:id>/ack", AcknowledgementView.as_view()),
]
