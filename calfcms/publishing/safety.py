"""Whether a change touches what keeps readers safe. Such a change always needs a clinician."""

from calfcms.publishing.kinds import Content, Kind
from calfcms.publishing.models import Edition


def is_safety_change(kind: Kind, content: Content, last: Edition | None) -> bool:
    """Whether the safety members differ from the last signed edition; without one, always."""
    if last is None:
        return True
    before = last.read_content()
    return any(before.get(member) != content.get(member) for member in kind.safety_members)
