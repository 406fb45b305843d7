"""Who answers, and how a finding is asked of them."""

from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    """Who answers: the person, somebody who looks after an adult, or somebody who answers for a
    child.
    """

    SELF = "self"
    CARER = "carer"
    CHILD = "child"


@dataclass(frozen=True)
class Wording:
    """A finding's question and help, as they are put to somebody who answers for another."""

    speaker: Speaker
    question: str
    help: str = ""
