"""Two people put one list in order: the order that both changes make together. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Orders:
    """The order of a merged list as each of two people would have it."""

    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def merge_orders(
    kept: Collection[str], base: Iterable[str], theirs: Iterable[str], mine: Iterable[str]
) -> Orders:
    """The kept ids in the order that whoever moved something chose; two orders if both did."""
    theirs_first = _weave(theirs, mine, base, kept=kept)
    mine_first = _weave(mine, theirs, base, kept=kept)
    if not _is_moved(base, theirs):
        return Orders(mine_first, mine_first)
    if not _is_moved(base, mine):
        return Orders(theirs_first, theirs_first)
    common = set(theirs) & set(mine)
    if _restrict(theirs, common) == _restrict(mine, common):
        return Orders(mine_first, mine_first)
    return Orders(theirs_first, mine_first)


def _is_moved(base: Iterable[str], side: Iterable[str]) -> bool:
    common = set(base) & set(side)
    return _restrict(base, common) != _restrict(side, common)


def _restrict(names: Iterable[str], kept: Collection[str]) -> list[str]:
    return [name for name in names if name in kept]


def _weave(*orders: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
    """The first order, with what only later ones have put after what it follows there."""
    woven: list[str] = []
    for order in orders:
        _insert_missing(woven, _restrict(order, kept))
    return tuple(woven)


def _insert_missing(woven: list[str], names: Sequence[str]) -> None:
    if not woven:
        woven.extend(names)
        return
    position = 0
    for name in names:
        if name in woven:
            position = woven.index(name) + 1
        else:
            woven.insert(position, name)
            position += 1
