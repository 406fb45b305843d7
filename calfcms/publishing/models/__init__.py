"""What has been published, by whom and on whose word. Append-only where the past is concerned."""

from calfcms.publishing.models.audit import AuditHead, Event
from calfcms.publishing.models.document import Document
from calfcms.publishing.models.edition import Edition, Ending, LivePeriod, Rendition
from calfcms.publishing.models.review import ReviewerProfile, SignOff, Submission

__all__ = [
    "AuditHead",
    "Document",
    "Edition",
    "Ending",
    "Event",
    "LivePeriod",
    "Rendition",
    "ReviewerProfile",
    "SignOff",
    "Submission",
]
