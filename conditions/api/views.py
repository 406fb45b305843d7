"""The calls about conditions: views of publishing and feedback, told which kind they serve."""

from calfcms.feedback.api.schema import describe_feedback
from calfcms.feedback.api.views import FeedbackView
from calfcms.publishing.api.diff import EditionDiffView, describe_edition_diff
from calfcms.publishing.api.export import EXPORT_PARAMETERS, ExportView, describe_export
from calfcms.publishing.api.lists import HistoryView
from calfcms.publishing.api.renditions import LiveEditionView, NumberedEditionView
from calfcms.publishing.api.schema import (
    describe_card_list,
    describe_history,
    describe_live_edition,
    describe_numbered_edition,
    describe_timemap,
)
from calfcms.publishing.api.timemap import TimeMapView
from calfcms.search.api.views import SearchableListView
from conditions.api.parameters import CONDITION_LIST, CONDITION_SEARCH
from conditions.api.shapes import ConditionAnswer, ConditionList
from conditions.kind import ConditionKind


@describe_card_list(ConditionKind, ConditionList, CONDITION_LIST)
class ConditionsView(SearchableListView):
    """`GET /conditions`."""

    kind = ConditionKind
    parameters = CONDITION_LIST
    search_parameters = CONDITION_SEARCH


@describe_live_edition(ConditionKind, ConditionAnswer)
class ConditionView(LiveEditionView):
    """`GET /conditions/{slug}`."""

    kind = ConditionKind


@describe_export(ConditionKind, EXPORT_PARAMETERS)
class ConditionsExportView(ExportView):
    """`GET /conditions/export`."""

    kind = ConditionKind
    parameters = EXPORT_PARAMETERS


@describe_history(ConditionKind)
class ConditionEditionsView(HistoryView):
    """`GET /conditions/{slug}/editions`."""

    kind = ConditionKind


@describe_numbered_edition(ConditionKind, ConditionAnswer)
class ConditionEditionView(NumberedEditionView):
    """`GET /conditions/{slug}/editions/{number}`."""

    kind = ConditionKind


@describe_timemap(ConditionKind)
class ConditionTimeMapView(TimeMapView):
    """`GET /conditions/{slug}/timemap`."""

    kind = ConditionKind


@describe_edition_diff(ConditionKind)
class ConditionEditionDiffView(EditionDiffView):
    """`GET /conditions/{slug}/editions/{number}/diff`."""

    kind = ConditionKind


@describe_feedback(ConditionKind)
class ConditionFeedbackView(FeedbackView):
    """`POST /conditions/{slug}/feedback`."""

    kind = ConditionKind
