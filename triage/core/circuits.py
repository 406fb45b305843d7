"""Compiles normal forms to functions on numbers: every bit of a number is one world, and a form is
evaluated in all of them at once.

A circuit takes a list with the value of every literal. In a normal form a literal that becomes true
never makes the form false, so `and` is `&`, `or` is `|`, and the same circuit answers different
questions, depending on which worlds the bits stand for:

- two worlds, in which nothing unknown helps the form and in which everything does: Kleene's three
  values, `FALSE`, `OPEN` and `TRUE`;
- one world for each answer, in which it alone is the other way round: near misses;
- one world for each answer that may still come, in which it alone is given: what decides.

The functions are written as Python source that holds nothing but numbers: no text of a protocol
gets into it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from triage.core.normal_form import Literal, NormalForm, Threshold

Values: TypeAlias = list[int]
"""The value of every literal, by its place."""

Circuit: TypeAlias = Callable[[Values, int], int]
"""From values and the number that has the bit of every world."""

OpenFacts: TypeAlias = Callable[[Values, int, Mapping[int, int]], int]
"""From values, the unknown facts, and what certain literals wait for, to the facts on which an open
form still depends.
"""

Support: TypeAlias = Callable[[Values, int, int], int]
"""From values and the findings present and absent, to the answers that make a true form true."""

FALSE, OPEN, TRUE = 0, 1, 3
"""Kleene's values: the lower bit is the world in which everything unknown helps."""

BOTH = TRUE
"""The bits of both of those worlds."""

MAX_WRITTEN_OUT = 200
"""Counting is written out as so many steps at most; from there a loop does it."""


def compile_circuit(form: NormalForm, places: Mapping[Literal, int]) -> Circuit:
    """A function from the values of literals to the value of the form."""
    writer = _Writer(places)
    value = writer.write_value(form)
    circuit: Circuit = _compile("values, everywhere", writer.lines, value)
    return circuit


def compile_open_facts(
    form: NormalForm,
    places: Mapping[Literal, int],
    bits: Mapping[Literal, int],
    waiting: Collection[int] = (),
) -> OpenFacts:
    """A function to call where the form is open. The literals whose places are in `waiting` do not
    wait for their own fact, but for what the third argument says.
    """
    writer = _OpenFactsWriter(places, bits, waiting)
    parts = writer.write_parts(form)
    open_facts: OpenFacts = _compile("values, unknown, doubts", writer.lines, parts)
    return open_facts


def compile_support(
    form: NormalForm,
    places: Mapping[Literal, int],
    bits: Mapping[Literal, int],
    waiting: Collection[int] = (),
) -> Support:
    """A function to call where the form is true. Literals whose places are in `waiting` may be true
    without their own fact.
    """
    writer = _SupportWriter(places, bits, waiting)
    parts = writer.write_parts(form)
    support: Support = _compile("values, present, absent", writer.lines, parts)
    return support


def reach(everywhere: int, parts: Sequence[int], weights: Sequence[int], least: int) -> int:
    """The worlds in which the weights of the true parts add up to `least`.

    Parts true in every world or in none are settled at once. After each of the others,
    `lacking[n]` has the worlds that lack at most n of the points still wanted.
    """
    undecided = []
    for part, weight in zip(parts, weights, strict=True):
        if part == everywhere:
            least -= weight
        elif part:
            undecided.append((part, weight))
    if least <= 0:
        return everywhere
    lacking = [0] * least + [everywhere] * max(weights)
    for part, weight in undecided:
        for missing in range(least):
            lacking[missing] |= part & lacking[missing + weight]
    return lacking[0]


class _Writer:
    """Writes a line for each threshold, the inner ones first."""

    def __init__(self, places: Mapping[Literal, int]) -> None:
        self.lines: list[str] = []
        self._places = places

    def write_value(self, form: NormalForm) -> str:
        """Where the form's value is to be found once all lines have run."""
        if isinstance(form, Literal):
            return f"values[{self._places[form]}]"
        parts = [self.write_value(part) for part in form.parts]
        return self.keep("v", self._write_threshold(form, parts))

    def keep(self, letter: str, expression: str) -> str:
        """The name of a new variable with that value."""
        name = f"{letter}{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def _write_threshold(self, form: Threshold, parts: list[str]) -> str:
        if form.least <= 0:
            return "everywhere"
        if form.least > sum(form.weights):
            return "0"
        if form.least <= min(form.weights):
            return " | ".join(parts)
        if form.least == sum(form.weights):
            return " & ".join(parts)
        if form.least * len(parts) <= MAX_WRITTEN_OUT:
            return self._write_counting(form, parts)
        return f"reach(everywhere, ({', '.join(parts)}), {form.weights}, {form.least})"

    def _write_counting(self, form: Threshold, parts: list[str]) -> str:
        """As `reach` counts, written out: after each part, `counted[n]` has the worlds in which the
        parts so far have n points or more.
        """
        counted = {0: "everywhere"}
        for part, weight in zip(parts, form.weights, strict=True):
            for points in range(form.least, 0, -1):
                before = counted.get(max(0, points - weight))
                if before is None:
                    continue
                reached = part if points <= weight else f"{before} & {part}"
                if points in counted:
                    reached = f"{counted[points]} | {reached}"
                counted[points] = self.keep("c", reached)
        return counted[form.least]


class _PartsWriter(_Writer):
    """Writes an expression for the facts behind a form with a certain value."""

    value: int

    def __init__(
        self, places: Mapping[Literal, int], bits: Mapping[Literal, int], waiting: Collection[int]
    ) -> None:
        super().__init__(places)
        self.lines.append(f"everywhere = {BOTH}")
        self._bits, self._waiting = bits, waiting

    def write_parts(self, form: NormalForm) -> str:
        """The facts behind the parts that have the value too."""
        parts = (form,) if isinstance(form, Literal) else form.parts
        literals = [part for part in parts if isinstance(part, Literal)]
        usual = [part for part in literals if self._places[part] not in self._waiting]
        inner = [self._write_inner(part) for part in parts if isinstance(part, Threshold)]
        unusual = [self._write_waiting(part) for part in literals if part not in usual]
        return " | ".join([self._write_usual(usual), *unusual, *inner])

    def _write_inner(self, part: Threshold) -> str:
        value = self.write_value(part)
        return self.keep("w", f"{self.write_parts(part)} if {value} == {self.value} else 0")

    def _add_bits(self, literals: Iterable[Literal]) -> str:
        return hex(sum({self._bits[literal] for literal in literals}))

    def _write_usual(self, literals: list[Literal]) -> str:
        raise NotImplementedError

    def _write_waiting(self, literal: Literal) -> str:
        raise NotImplementedError


class _OpenFactsWriter(_PartsWriter):
    value = OPEN

    def _write_usual(self, literals: list[Literal]) -> str:
        return f"{self._add_bits(literals)} & unknown"

    def _write_waiting(self, literal: Literal) -> str:
        place = self._places[literal]
        return f"(doubts[{place}] & unknown if values[{place}] == {OPEN} else 0)"


class _SupportWriter(_PartsWriter):
    value = TRUE

    def _write_usual(self, literals: list[Literal]) -> str:
        asserted = self._add_bits(literal for literal in literals if literal.positive)
        denied = self._add_bits(literal for literal in literals if not literal.positive)
        return f"{asserted} & present | {denied} & absent"

    def _write_waiting(self, literal: Literal) -> str:
        place, bit = self._places[literal], self._bits[literal]
        return f"({bit:#x} if values[{place}] == {TRUE} else 0)"


def _compile(arguments: str, lines: list[str], result: str) -> Any:
    source = "\n    ".join([f"def run({arguments}):", *lines, f"return {result}"])
    names: dict[str, Any] = {"reach": reach}
    exec(source, names)  # noqa: S102 - numbers only, written above
    return names["run"]
