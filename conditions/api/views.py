"""The calls about conditions: views of publishing and feedback, told which kind they serve."""

from calfcms.feedback.api.schema import describe_feedback
from calfcms.feedback.api.views import FeedbackView
from calfcms.publishing.api.lists import CardListView, HistoryView
from calfcms.publishing.api.renditions import LiveEditionView, NumberedEditionView
from calfcms.publishing.api.schema import (
    describe_card_list,
    describe_history,
    describe_live_edition,
    describe_numbered_edition,
)
from conditions.api.shapes import ConditionEdition, ConditionList
from conditions.kind import ConditionKind


@describe_card_list(ConditionKind, ConditionList)
class ConditionsView(CardListView):
    """`GET /conditions`."""

    kind = ConditionKind


@describe_live_edition(ConditionKind, ConditionEdition)
class ConditionView(LiveEditionView):
    """`GET /conditions/{slug}`."""

    kind = ConditionKind


@describe_history(ConditionKind)
class ConditionEditionsView(HistoryView):
    """`GET /conditions/{slug}/editions`."""

    kind = ConditionKind


@describe_numbered_edition(ConditionKind, ConditionEdition)
class ConditionEditionView(NumberedEditionView):
    """`GET /conditions/{slug}/editions/{number}`."""

    kind = ConditionKind


@describe_feedback(ConditionKind)
class ConditionFeedbackView(FeedbackView):
    """`POST /conditions/{slug}/feedback`."""

    kind = ConditionKind
