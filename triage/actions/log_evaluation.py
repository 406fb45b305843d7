"""Keep one evaluation for statistics, without anything that says who it was."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction

from triage.core.facts import MONTHS_PER_YEAR, Facts, Presence
from triage.models import LoggedEvaluation
from triage.published import PublishedProtocol

TODDLERS: Final = 2
OLDEST: Final = 90


def log_evaluation(
    *, published: PublishedProtocol, facts: Facts, answer: Mapping[str, Any], at: datetime
) -> None:
    """Add a row. A transaction of its own: where it fails, what surrounds it goes on."""
    with transaction.atomic():
        LoggedEvaluation.objects.create(
            day=at.astimezone(UTC).date(),
            protocol=published.protocol.slug,
            locale=published.locale,
            edition=published.edition,
            age_band=name_age_band(facts),
            sex=facts.sex.value,
            urgency=answer["disposition"]["urgency"],
            status=answer["status"],
            findings=_list_findings(facts),
            rules=[match["rule"] for match in answer["matched"]],
        )


def name_age_band(facts: Facts) -> str:
    """Ten years, but for the youngest and the oldest; empty where the age is unknown."""
    if facts.months is None:
        return ""
    years = facts.months.low // MONTHS_PER_YEAR
    if years < TODDLERS:
        return f"under {TODDLERS}"
    if years >= OLDEST:
        return f"{OLDEST} and over"
    first = years // 10 * 10
    return f"{max(first, TODDLERS)}-{first + 9}"


def _list_findings(facts: Facts) -> dict[str, list[str]]:
    return {
        value.value: sorted(name for name, given in facts.findings.items() if given is value)
        for value in Presence
    }
