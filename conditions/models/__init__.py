"""Drafts of condition pages as rows, and the lists that they share. Readers never see these."""

from conditions.models.condition import Condition, ConditionCode, ConditionTopic, Contributor
from conditions.models.parts import Cause, Faq, Figure, Section
from conditions.models.red_flag import RedFlag, RedFlagReference
from conditions.models.shared import Publisher, Reference, Topic

__all__ = [
    "Cause",
    "Condition",
    "ConditionCode",
    "ConditionTopic",
    "Contributor",
    "Faq",
    "Figure",
    "Publisher",
    "RedFlag",
    "RedFlagReference",
    "Reference",
    "Section",
    "Topic",
]
