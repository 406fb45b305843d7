"""Drafts of triage protocols as rows, which evaluation never sees: it reads editions. And the log
of evaluations, where it is on.
"""

from triage.models.case_set import CaseSet
from triage.models.cause import Cause
from triage.models.evaluation import LoggedEvaluation
from triage.models.finding import Finding
from triage.models.protocol import Protocol
from triage.models.rule import Rule
from triage.models.score import Score, ScoreItem

__all__ = [
    "CaseSet",
    "Cause",
    "Finding",
    "LoggedEvaluation",
    "Protocol",
    "Rule",
    "Score",
    "ScoreItem",
]
