"""The ids that an expression may name, and what to say about one it may not."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from triage.core.expressions.nodes import AGE_NAMES
from triage.core.expressions.tokens import Token


@dataclass(frozen=True)
class Vocabulary:
    """The findings and scores of one protocol."""

    findings: frozenset[str]
    scores: frozenset[str] = frozenset()

    def check_finding(self, token: Token) -> None:
        name = token.text
        if name in self.scores:
            raise token.error(f"{name} is a score", f"compare it: {name} >= 2")
        if name not in self.findings:
            raise token.error(f"there is no finding {name!r}", suggest(name, self.findings))

    def check_quantity(self, token: Token) -> None:
        name = token.text
        if name in self.findings:
            raise token.error(
                f"{name} is a finding and has no number", f"write {name} or not {name}"
            )
        if name not in self.scores and name not in AGE_NAMES:
            raise token.error(
                f"there is no score {name!r}", suggest(name, [*self.scores, *AGE_NAMES])
            )


def suggest(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest known id, if one is close."""
    matches = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {matches[0]}?" if matches else "add it first, or choose one that exists"
