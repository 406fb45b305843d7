"""What is said in the admin of a translation that its source has left behind."""

from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse

from calfcms.publishing.staleness import Staleness


def say_stale(stale: Staleness) -> str:
    """What it translates and what became of that: `of en, edition 3; edition 4 is live`."""
    source = f"of {stale.pin.locale}, edition {stale.pin.number}"
    if stale.live is None:
        return f"{source}, which is withdrawn"
    if stale.is_gone:
        return f"{source}, which was recalled; edition {stale.live} is live there"
    return f"{source}; edition {stale.live} is live there"


def list_stale_links(stale: Staleness, person: User) -> list[tuple[str, str]]:
    """Where this person can see what changed at the source."""
    if stale.comparison is None:
        url = reverse("admin:document_overview", args=[stale.source.pk])
        return [(url, "See what became of its source")]
    if not person.has_perm("publishing.view_submission"):
        return []
    before, after = stale.comparison
    address = reverse("admin:document_compare", args=[stale.source.pk])
    url = f"{address}?{urlencode({'before': before, 'after': after})}"
    return [(url, "See what changed at its source")]
