"""Drafts of triage protocols as rows. Evaluation never sees these: it reads editions."""

from triage.models.case_set import CaseSet
from triage.models.cause import Cause
from triage.models.finding import Finding
from triage.models.protocol import Protocol
from triage.models.rule import Rule
from triage.models.score import Score, ScoreItem

__all__ = ["CaseSet", "Cause", "Finding", "Protocol", "Rule", "Score", "ScoreItem"]
