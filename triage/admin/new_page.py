"""Beginning a protocol."""

from conditions.admin.new_page import NewDraftPage
from triage.admin.protocol_editor import PROTOCOLS


class NewProtocolPage(NewDraftPage):
    """A protocol without rules. One in another language comes from a bundle of the first."""

    edited = PROTOCOLS
    title = "New protocol"
