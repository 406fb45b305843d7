"""The chart of the first page: how many reviews are due in which month."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from calfcms.publishing.work import count_reviews_due

MONTHS_AHEAD: Final = 12


def describe_reviews_due(today: date) -> dict[str, Any]:
    """The bars of the chart: what is overdue, the months to come, and all that is later."""
    bars: list[dict[str, Any]] = [{"label": "Overdue", "number": 0, "is_overdue": True}]
    months = [_add_months(today.replace(day=1), ahead) for ahead in range(MONTHS_AHEAD)]
    bars += [{"label": f"{month:%b %Y}", "number": 0, "is_overdue": False} for month in months]
    bars.append({"label": "Later", "number": 0, "is_overdue": False})
    for month, number in count_reviews_due():
        bars[_find_bar(month, months)]["number"] += number
    highest = max(bar["number"] for bar in bars) or 1
    for bar in bars:
        bar["percent"] = round(100 * bar["number"] / highest)
    return {"bars": bars, "total": sum(bar["number"] for bar in bars)}


def _find_bar(month: date, months: Sequence[date]) -> int:
    if month < months[0]:
        return 0
    return months.index(month) + 1 if month in months else len(months) + 1


def _add_months(month: date, ahead: int) -> date:
    year, index = divmod(month.month - 1 + ahead, 12)
    return date(month.year + year, index + 1, 1)
