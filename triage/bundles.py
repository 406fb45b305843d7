"""What protocol bundles mean."""

from typing import Any

from calfcms.publishing.bundles import DocumentBundles
from triage.definition import ProtocolDraft

UNMARKED_LOCALE = "en"
"""The locale that the names of files leave out."""


class ProtocolBundles(DocumentBundles):
    """`triage/<slug>.yaml`, with the locale in the name unless it is English."""

    name = "protocol"
    order = 30
    folder = "triage"
    draft_model = ProtocolDraft

    def path_of(self, parsed: Any) -> str:
        """`triage/calf-pain.yaml`."""
        locale = "" if parsed.locale == UNMARKED_LOCALE else f".{parsed.locale}"
        return f"{self.folder}/{parsed.slug}{locale}.yaml"
