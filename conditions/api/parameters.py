"""The query parameters of calls about conditions that no other kind of content has."""

from calfcms.api.parameters import Parameters
from calfcms.publishing.api.list_parameters import (
    CODE,
    REVIEWED_BEFORE,
    TOPIC,
    list_card_members,
    list_parameters,
)
from calfcms.search.api.parameters import Q, search_parameters
from conditions.kind import ConditionKind

_LIST = (*list_parameters(ConditionKind), TOPIC, CODE, REVIEWED_BEFORE)
CONDITION_LIST = Parameters(*_LIST, Q)
CONDITION_SEARCH = search_parameters(_LIST, card_members=list_card_members(ConditionKind))
"""With `q`."""
