"""The states of a draft and the classes of a change, in words for people."""

from dataclasses import dataclass
from typing import Any, Final

from calfcms.publishing.policy import ChangeClass, Role
from calfcms.publishing.workflow import State

_ROLES: Final = {Role.CLINICAL: "a clinical reviewer", Role.EDITORIAL: "another editor"}
_CLASSES: Final = {
    ChangeClass.CLINICAL: "clinical: what is advised has changed or was reviewed anew",
    ChangeClass.EDITORIAL: "editorial: other words, same advice",
    ChangeClass.PRESENTATION: "presentation: order and looks only",
    ChangeClass.CORRECTION: "correction: something was wrong, and readers are told so",
}


@dataclass(frozen=True)
class StateWords:
    """The badge, and a sentence below it."""

    name: str
    badge: str
    sentence: str


def describe_state(standing: Any) -> StateWords:
    """Where the draft stands, as a row of `list_standings` says it."""
    state = State(standing.state)
    signer = _ROLES[Role(standing.required_role)]
    badge, sentence = {
        State.DRAFT: ("Draft", "It was not submitted for review as it is now."),
        State.IN_REVIEW: ("In review", f"Submitted as it is now; it waits for {signer}."),
        State.CHANGES_REQUESTED: ("Changes requested", "A reviewer wants it changed."),
        State.APPROVED: ("Approved", "Exactly this is signed and may be published."),
        State.PUBLISHED: ("Published", "The draft says what readers get."),
    }[state]
    return StateWords(state.value, badge, sentence)


def say_change_class(change_class: str | None) -> str:
    """The class that a submission states, and what it means; empty where there is none."""
    return _CLASSES[ChangeClass(change_class)] if change_class else ""
