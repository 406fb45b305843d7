"""What has been published, by whom and on whose word. Append-only where the past is concerned."""

from calfcms.publishing.models.acceptance import Acceptance
from calfcms.publishing.models.audit import AuditHead, Event
from calfcms.publishing.models.document import Document
from calfcms.publishing.models.drafts import Standing
from calfcms.publishing.models.edition import Edition, Ending, LivePeriod, Rendition
from calfcms.publishing.models.plans import BreakGlass, Outcome, ReviewExtension, Schedule, Verb
from calfcms.publishing.models.recall import Recall, Severity
from calfcms.publishing.models.review import ReviewerProfile, SignOff, Submission
from calfcms.publishing.models.talk import Comment, Invitation
from calfcms.publishing.models.variants import Facet, LiveFacet, PartnerRendition

__all__ = [
    "Acceptance",
    "AuditHead",
    "BreakGlass",
    "Comment",
    "Document",
    "Edition",
    "Ending",
    "Event",
    "Facet",
    "Invitation",
    "LiveFacet",
    "LivePeriod",
    "Outcome",
    "PartnerRendition",
    "Recall",
    "Rendition",
    "ReviewExtension",
    "ReviewerProfile",
    "Schedule",
    "Severity",
    "SignOff",
    "Standing",
    "Submission",
    "Verb",
]
