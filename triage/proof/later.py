"""The same person later on: everything they told still holds, and more may be known."""

from collections.abc import Iterator

import z3

from triage.proof.ages import AgeClass
from triage.proof.formulas import Formula, either, imply
from triage.proof.people import Person, list_variables


class Later:
    """Anybody whom this person may become by answering more."""

    def __init__(self, person: Person) -> None:
        self._person = person.copy("later ")
        pairs = zip(list_variables(person), list_variables(self._person), strict=True)
        self._pairs = tuple(pairs)
        self.laws = (*self._person.laws, *_walk_promises(person, self._person))
        """What holds of anybody, and of what was told before."""

    def read(self, formula: Formula) -> Formula:
        """The formula, of the person as they are later."""
        return formula if isinstance(formula, bool) else z3.substitute(formula, *self._pairs)


def _walk_promises(now: Person, later: Person) -> Iterator[Formula]:
    """What was told stays told; an age in years may still be told in months."""
    for name, answer in now.findings.items():
        yield imply(answer.present, later.findings[name].present)
        yield imply(answer.absent, later.findings[name].absent)
    for sex, formula in now.sexes.items():
        yield imply(formula, later.sexes[sex])
    for before, formula in now.ages.items():
        narrower = (other for after, other in later.ages.items() if _narrows(before, after))
        yield imply(formula, either(narrower))


def _narrows(before: AgeClass, after: AgeClass) -> bool:
    return before.surely <= after.surely and after.possibly <= before.possibly
