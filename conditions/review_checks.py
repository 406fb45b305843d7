"""When a page or a protocol must be looked at again: what stands against publishing it. Pure."""

from collections.abc import Iterator
from typing import Any

from calfcms.publishing.policy import get_review_interval
from calfcms.publishing.problem import Problem

_POINTER = "/review_interval_months"


def check_review_interval(content: dict[str, Any]) -> Iterator[Problem]:
    """There must be a next review date, and it may come sooner than the risk class says, not later.

    `content` is that of any kind with the members `risk_class` and `review_interval_months`.
    """
    risk_class = content.get("risk_class")
    months = content.get("review_interval_months")
    longest = get_review_interval(risk_class, None)
    if months is None and longest is None:
        yield Problem(
            "no_review_interval",
            "There is no next review date: neither a risk class nor a review interval is set.",
            "Choose the risk class, or set the review interval to between 1 and 60 months.",
            _POINTER,
        )
    elif months is not None and longest is not None and months > longest:
        yield Problem(
            "review_interval_too_long",
            f"{months} months is longer than the {longest} that the risk class "
            f"{risk_class} allows.",
            f"Set it to {longest} months or fewer, or leave it out.",
            _POINTER,
        )
