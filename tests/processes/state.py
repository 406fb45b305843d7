"""Which edition is live, and whether everything that belongs to it is there."""

from typing import Any

from calfcms.publishing.models import (
    Document,
    Edition,
    Event,
    LivePeriod,
    Rendition,
    Schedule,
)
from calfcms.publishing.selectors import find_audit_break, get_live_edition


def read_state() -> dict[str, Any]:
    """What a reader and an auditor would find now."""
    live = get_live_edition(Document.objects.get())
    broken = find_audit_break()
    ended = Event.objects.filter(action__startswith="schedule.").order_by("seq")
    formats = Rendition.objects.filter(edition=live).values_list("format", flat=True)
    return {
        "live": live.number if live else None,
        "summary": live.read_content()["summary"] if live else None,
        "formats": sorted(formats),
        "editions": Edition.objects.count(),
        "open_periods": LivePeriod.objects.filter(ended_at=None).count(),
        "published_events": Event.objects.filter(action="edition.published").count(),
        "withdrawn_events": Event.objects.filter(action="edition.withdrawn").count(),
        "lapsed_events": Event.objects.filter(action="edition.lapsed").count(),
        "schedule_events": list(ended.values_list("action", flat=True)),
        "outcomes": list(Schedule.objects.order_by("pk").values_list("outcome", flat=True)),
        "audit_break": broken.message if broken else None,
    }
