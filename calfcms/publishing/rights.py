"""Who may do what: asked by every action before it writes."""

from django.contrib.auth.models import User

from calfcms.publishing.problem import refuse


def require_right(by: User, right: str) -> None:
    """Refuse unless this person is active and holds `publishing.<right>`."""
    if by.is_active and by.has_perm(f"publishing.{right}"):
        return
    raise refuse(
        "not_allowed",
        f"{by.get_username()} may not do this: the right “{right}” is missing.",
        "Ask an administrator for it, or let somebody who has it do this.",
    )
