"""Evaluates expressions for many worlds at once: every bit of a number is one world, a *lane*.

Lane 0 is the person as described; lane i is the same person with the i-th finding flipped, if it is
known. One pass over a rule therefore tells whether it is true, and which single answers keep it
from being true. A value is three numbers: the lanes where it *must* be true, the lanes where it
*could* be (these two are Kleene's three values), and the open facts on which lane 0 still depends.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from triage.core.normal_form import Literal, NormalForm, Threshold

Lanes: TypeAlias = tuple[int, int, int]
"""(must, could, open)."""

Literals: TypeAlias = list[Lanes]
"""The value of every literal, by its place."""

Circuit: TypeAlias = Callable[[Literals], Lanes]
Support: TypeAlias = Callable[[Literals], int | None]

HERE = 1
"""The bit of lane 0."""


def compile_circuit(form: NormalForm, places: Mapping[Literal, int], everywhere: int) -> Circuit:
    """A function from literals to the value of the form. `everywhere` has the bit of every lane."""
    if isinstance(form, Literal):
        place = places[form]
        return lambda literals: literals[place]
    if set(form.weights) <= {1} and form.parts:
        if form.least == len(form.parts):
            return _compile_all(*_split(form, places, everywhere), everywhere)
        if form.least == 1:
            return _compile_any(*_split(form, places, everywhere))
    return _compile_threshold(form, places, everywhere)


def compile_support(
    form: NormalForm, places: Mapping[Literal, int], bits: Mapping[Literal, int]
) -> Support:
    """A function that gives the facts which make the form true in lane 0, or None where it is not
    true.
    """
    if isinstance(form, Literal):
        place, bit = places[form], bits[form]
        return lambda literals: bit if literals[place][0] & HERE else None
    supports = [compile_support(part, places, bits) for part in form.parts]
    return _compile_threshold_support(supports, form.weights, form.least)


def _split(
    form: Threshold, places: Mapping[Literal, int], everywhere: int
) -> tuple[list[int], list[Circuit]]:
    """Literals are looked up and not called: most parts are literals, and a call costs more than
    the logic.
    """
    literals = [places[part] for part in form.parts if isinstance(part, Literal)]
    nested = [part for part in form.parts if not isinstance(part, Literal)]
    return literals, [compile_circuit(part, places, everywhere) for part in nested]


def _compile_all(places: list[int], circuits: list[Circuit], everywhere: int) -> Circuit:
    def evaluate(literals: Literals) -> Lanes:
        must = could = everywhere
        unsettled = 0
        for place in places:
            part_must, part_could, part_open = literals[place]
            must &= part_must
            could &= part_could
            unsettled |= part_open
        if not could:
            return 0, 0, 0
        for circuit in circuits:
            part_must, part_could, part_open = circuit(literals)
            must &= part_must
            could &= part_could
            unsettled |= part_open
        return must, could, unsettled if (must ^ could) & HERE else 0

    return evaluate


def _compile_any(places: list[int], circuits: list[Circuit]) -> Circuit:
    def evaluate(literals: Literals) -> Lanes:
        must = could = unsettled = 0
        for place in places:
            part_must, part_could, part_open = literals[place]
            must |= part_must
            could |= part_could
            unsettled |= part_open
        for circuit in circuits:
            part_must, part_could, part_open = circuit(literals)
            must |= part_must
            could |= part_could
            unsettled |= part_open
        return must, could, unsettled if (must ^ could) & HERE else 0

    return evaluate


def _compile_threshold(form: Threshold, places: Mapping[Literal, int], everywhere: int) -> Circuit:
    literal_places, circuits = _split(form, places, everywhere)
    weights = _order_weights(form)
    least = min(form.least, sum(weights) + 1)

    def evaluate(literals: Literals) -> Lanes:
        parts = [literals[place] for place in literal_places]
        parts += [circuit(literals) for circuit in circuits]
        musts, coulds = [part[0] for part in parts], [part[1] for part in parts]
        must = _reach(musts, weights, least, everywhere)
        could = must if musts == coulds else _reach(coulds, weights, least, everywhere)
        unsettled = 0
        if (must ^ could) & HERE:
            for part in parts:
                unsettled |= part[2]
        return must, could, unsettled

    return evaluate


def _order_weights(form: Threshold) -> list[int]:
    """In the order of `_split`: literals first."""
    pairs = list(zip(form.parts, form.weights, strict=True))
    of_literals = [weight for part, weight in pairs if isinstance(part, Literal)]
    return of_literals + [weight for part, weight in pairs if not isinstance(part, Literal)]


def _reach(parts: list[int], weights: list[int], least: int, everywhere: int) -> int:
    """The lanes in which the weights of the true parts add up to `least`.

    Parts true in every lane or in none are settled at once: most are, being unknown. After each of
    the others, `lacking[n]` has the lanes that lack at most n of the points still wanted.
    """
    undecided = []
    for part, weight in zip(parts, weights, strict=True):
        if part == everywhere:
            least -= weight
        elif part:
            undecided.append((part, weight))
    if least <= 0:
        return everywhere
    lacking = [0] * least + [everywhere] * max(weights, default=1)
    for part, weight in undecided:
        for missing in range(least):
            lacking[missing] |= part & lacking[missing + weight]
    return lacking[0]


def _compile_threshold_support(
    supports: Sequence[Support], weights: Sequence[int], least: int
) -> Support:
    def find(literals: Literals) -> int | None:
        points = facts = 0
        for support, weight in zip(supports, weights, strict=True):
            found = support(literals)
            if found is not None:
                points += weight
                facts |= found
        return facts if points >= least else None

    return find
