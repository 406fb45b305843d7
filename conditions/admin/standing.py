"""Where a draft stands, for the bar at the foot of the editor."""

from typing import Any, Final

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document
from calfcms.publishing.naming import name_person
from calfcms.publishing.standings import get_standing
from calfcms.publishing.workflow import State

STATES: Final = {
    State.DRAFT: "Draft, not submitted",
    State.IN_REVIEW: "In review",
    State.CHANGES_REQUESTED: "Changes requested",
    State.APPROVED: "Approved",
    State.PUBLISHED: "Published",
}


def describe_standing(document: Document) -> dict[str, Any]:
    """Its state, and who saved it when."""
    standing: Any = get_standing(document)  # its state is an annotation
    if standing is None:
        return {"state": "", "label": "No draft", "saved_at": None, "saved_by": ""}
    person = standing.saved_by
    return {
        "state": standing.state,
        "label": STATES[State(standing.state)],
        "saved_at": format_instant(standing.saved_at),
        "saved_by": name_person(person),
    }
