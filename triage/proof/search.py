"""Looks for somebody of whom a formula holds. Nobody found is a proof; giving up is not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import z3

from triage.core.facts import Facts
from triage.proof.formulas import Formula, both
from triage.proof.people import Person, list_answered, read_person

MILLISECONDS = 1000


class Undecided(Exception):
    """The solver found neither a person nor a proof that there is none."""


class Search:
    """A solver that knows what holds of everybody, and how long it may take in all."""

    def __init__(self, person: Person, *, seconds: float) -> None:
        self._person = person
        self._deadline = time.monotonic() + seconds
        self._answered = list_answered(person)
        self._at_most: list[Formula] = []
        self._solver = z3.SolverFor("QF_FD", ctx=self._answered[0].ctx)
        self._solver.add(*person.laws)

    def exists(self, *formulas: Formula) -> bool:
        """Whether all of them hold of somebody."""
        with self.assuming(*formulas):
            return self._check()

    def find(self, *formulas: Formula) -> Facts | None:
        """Somebody of whom all of them hold and as little as possible is said; None: nobody."""
        with self.assuming(*formulas):
            if not self._check():
                return None
            for answers in count():
                with self.assuming(self._tell_at_most(answers)):
                    if self._check():
                        return read_person(self._person, self._solver.model())
        raise AssertionError("somebody was there, and answers are not without end")

    @contextmanager
    def assuming(self, *formulas: Formula) -> Iterator[None]:
        """Whatever is looked for inside, these hold of them."""
        formula = both(formulas)
        self._solver.push()
        if formula is not True:
            self._solver.add(formula)
        try:
            yield
        finally:
            self._solver.pop()

    def _tell_at_most(self, answers: int) -> Formula:
        """That no more than so many things are told; kept, because building it is what costs."""
        while len(self._at_most) <= answers:
            told = [(formula, 1) for formula in self._answered]
            self._at_most.append(z3.PbLe(told, len(self._at_most)))
        return self._at_most[answers]

    def _check(self) -> bool:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Undecided("the time that a proof may take is over")
        self._solver.set("timeout", max(1, int(left * MILLISECONDS)))
        result = self._solver.check()
        if result == z3.unknown:
            raise Undecided(self._solver.reason_unknown())
        return bool(result == z3.sat)
