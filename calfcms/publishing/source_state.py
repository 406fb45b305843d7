"""What readers are told of the edition that a live translation translates. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class SourceState:
    """Since when the source is ahead of its translation, and since when it is gone."""

    moved_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_stale(self) -> bool:
        """Whether readers of the source get something else than what was translated."""
        return self.moved_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers of the source get nothing."""
        return self.withdrawn_at is not None

    @property
    def changed_at(self) -> datetime | None:
        """The last time at which readers of the translation were told something new of it."""
        return self.withdrawn_at or self.moved_at

    def as_of(self, moment: datetime | None) -> "SourceState":
        """What readers were told at that moment; None is now."""
        if moment is None:
            return self
        told = (at if at and at <= moment else None for at in (self.moved_at, self.withdrawn_at))
        return SourceState(*told)


FOLLOWED: Final = SourceState()
"""The translation says what its source says, or there is no source."""
