"""How soon somebody should be seen: the one scale of red flags, causes and triage answers."""

from enum import StrEnum


class Urgency(StrEnum):
    """Levels from least to most urgent; `rank` orders them."""

    SELF_CARE = "self_care"
    """Home care, with advice on when to come back."""

    ROUTINE = "routine"
    """Book an appointment."""

    URGENT = "urgent"
    """Be seen the same day, within 24 hours."""

    EMERGENCY = "emergency"
    """Ambulance or emergency department now."""

    @property
    def rank(self) -> int:
        """Position on the scale, 0 (self-care) to 3 (emergency)."""
        return _RANKS[self]


_RANKS = {level: position for position, level in enumerate(Urgency)}
