"""Sparse answers: the members that a reader asked for, and those that no answer goes without. Pure.

For editions and cards alike: what is always there is kept where it is there.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

KEPT: Final = frozenset(
    (
        *("slug", "locale", "edition", "digest", "partner", "translation"),
        *("red_flags", "review", "disclaimer"),
    )
)
"""What a reader is told whatever they ask for: which words these are, who stands behind them,
when not to wait, and that they are no diagnosis. `partner` is there only in a partner's own,
`translation` only in a translation."""


def keep_members(value: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    """The wanted members and those in `KEPT`, in the order of the whole.

    A wanted member that the value does not have is left out: older content may lack it.
    """
    return {
        name: member
        for name, member in value.items()
        if name in wanted or (name in KEPT and member is not None)
    }
