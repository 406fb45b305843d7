"""What to tell people at each level of urgency, and whom to call where they are."""

from dataclasses import dataclass

from calfcms.urgency import Urgency


@dataclass(frozen=True)
class Disposition:
    """What to tell people at one level of urgency."""

    urgency: Urgency
    headline: str
    advice: str


@dataclass(frozen=True)
class Call:
    """Whom to call, or where to go, at one level of urgency."""

    urgency: Urgency
    call: str


@dataclass(frozen=True)
class Region:
    """Where the person is: emergency numbers differ, and none may be written into code."""

    code: str
    name: str
    calls: tuple[Call, ...] = ()

    def get_call(self, urgency: Urgency) -> str | None:
        return next((entry.call for entry in self.calls if entry.urgency is urgency), None)
