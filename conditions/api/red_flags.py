"""`GET /red-flags`: the signs that must not wait, of all live conditions."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.schema import LIST_HEADERS, Shape, describe_get, describe_not_modified
from calfcms.publishing.api.list_parameters import CODE, TOPIC
from calfcms.publishing.api.lists import CardListView, write_json
from calfcms.publishing.api.parameters import AS_OF, CARD_CURSOR, LIMIT, LOCALE_FILTER
from calfcms.publishing.api.shapes import Digest, Review
from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.sparse import keep_members
from calfcms.urgency import Urgency
from conditions import facets
from conditions.api.shapes import RedFlagShape, TranslationShape
from conditions.kind import ConditionKind

MEMBERS = ("title", "url")
"""What is shown besides that which is always shown, red flags among it."""
URGENCY = Parameter(
    "urgency",
    parse_choice(*Urgency),
    "Only conditions with a red flag of this urgency. All their red flags are shown.",
    {"type": "string", "enum": list(Urgency)},
)
RED_FLAGS = Parameters(LIMIT, CARD_CURSOR, LOCALE_FILTER, AS_OF, TOPIC, CODE, URGENCY)


class ConditionRedFlags(Shape):
    """All red flags of one condition; a page that is live may have none."""

    slug: str
    locale: str
    edition: int
    digest: Digest
    title: str
    red_flags: list[RedFlagShape]
    disclaimer: str
    translation: TranslationShape | None = None
    """There only in a translation."""
    review: Review
    url: str


class RedFlagList(Shape):
    """Live conditions with their red flags, newest change first."""

    items: list[ConditionRedFlags]
    next: str | None
    """Where the list goes on; null at its end."""


@describe_get(
    "get_red_flags",
    tag="conditions",
    summary="The red flags of all live conditions, newest change first",
    answers={200: RedFlagList, **describe_not_modified()},
    problems=(400, 401, 403, 406),
    parameters=RED_FLAGS,
    headers=LIST_HEADERS,
)
class RedFlagsView(CardListView):
    """`GET /red-flags`: the cards of conditions, without what is not about their red flags."""

    kind = ConditionKind
    path = "red-flags"
    parameters = RED_FLAGS

    def get_filter(self, parameters: Mapping[str, Any]) -> CardFilter:
        """With the urgency that one of the red flags must have."""
        narrowed = super().get_filter(parameters)
        if (urgency := parameters["urgency"]) is None:
            return narrowed
        return replace(narrowed, facets=((facets.URGENCY, urgency),))

    def show_card(self, card: bytes, parameters: Mapping[str, Any]) -> bytes:  # noqa: ARG002
        """Title, address, and what no answer goes without."""
        return write_json(keep_members(json.loads(card), MEMBERS))
