"""What is wrong with a protocol, in one shape for everything that finds a fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProtocolProblem:
    """One fault. `where` is a path of ids an editor can follow, such as `rules/leg_and_chest` or
    `scores/wells_dvt/cancer`.
    """

    code: str
    message: str
    hint: str
    where: str


class ProtocolError(ValueError):
    """A protocol that can't exist; it carries every reason at once."""

    def __init__(self, problems: tuple[ProtocolProblem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.where}: {problem.message}" for problem in problems))
