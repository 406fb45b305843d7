"""One reason why something is refused: what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A reason with a code for programs, and a message and a hint for people.

    `pointer` is a JSON pointer (RFC 6901) into the draft; empty means the document as a whole.
    """

    code: str
    message: str
    hint: str
    pointer: str = ""
    is_acceptable: bool = False
    """Whether it may be published all the same once a second clinician answers for it."""

    def __str__(self) -> str:
        where = f" ({self.pointer})" if self.pointer else ""
        return f"{self.message}{where} {self.hint}"


class Refused(Exception):
    """An action was refused, with every reason at once. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(code: str, message: str, hint: str, pointer: str = "") -> Refused:
    """A refusal for a single reason, to be raised."""
    return Refused([Problem(code, message, hint, pointer)])
