"""Proves a protocol, claim by claim."""

import time
from dataclasses import dataclass
from typing import Any

import z3

from calfcms.publishing.problem import Problem
from triage.core.protocol import Protocol
from triage.proof import claims, words
from triage.proof.claims import RedFlags, Witness
from triage.proof.encoding import Encoding, encode
from triage.proof.replay import Disagreement
from triage.proof.search import Search, Undecided

CLAIMS = (
    "nothing_known_concludes_nothing",
    "red_flags_only_raise",
    "gates_keep_from_self_care",
    "red_flags_of_pages_are_reached_alone",
    "more_answers_take_nothing_back",
    "no_rule_cancels_another",
)
MAX_SECONDS = 20.0
"""A proof that takes longer is given up, and the protocol is not published. The first protocol
takes about half a second."""


@dataclass(frozen=True)
class Proof:
    """What was found: a proof if there is no problem."""

    problems: tuple[Problem, ...]
    witnesses: tuple[Witness, ...]
    """For every red flag of a page, the least that reaches its urgency."""

    solver: str
    seconds: float

    @property
    def is_decided(self) -> bool:
        """Whether it is a proof or a refutation, and will be the same when tried again."""
        return all(problem.code != words.UNDECIDED for problem in self.problems)

    def describe(self) -> dict[str, Any]:
        """What was proved by what, for the record."""
        return {
            "claims": list(CLAIMS),
            "red_flags": len(self.witnesses),
            "solver": self.solver,
            "milliseconds": round(self.seconds * 1000),
        }


def prove(protocol: Protocol, red_flags: RedFlags, *, max_seconds: float = MAX_SECONDS) -> Proof:
    """Try every claim; a claim that stays open is a problem as much as a refuted one."""
    begun = time.perf_counter()
    problems: tuple[Problem, ...]
    try:
        problems, witnesses = _prove(encode(protocol), red_flags, max_seconds)
    except (Undecided, Disagreement, z3.Z3Exception) as error:
        problems, witnesses = (words.say_undecided(str(error)),), ()
    solver = f"z3 {z3.get_version_string()}"
    return Proof(problems, witnesses, solver, time.perf_counter() - begun)


def _prove(
    encoding: Encoding, red_flags: RedFlags, max_seconds: float
) -> tuple[tuple[Problem, ...], tuple[Witness, ...]]:
    search = Search(encoding.person, seconds=max_seconds)
    claims.require_steadiness(encoding, search)
    claims.require_every_rule_to_count(encoding, search)
    weighed = list(claims.weigh_red_flags(encoding, search, red_flags))
    problems = (
        *claims.refute_silence(encoding, search),
        *claims.refute_monotony(encoding, search),
        *claims.refute_gates(encoding, search, encoding.protocol.gates),
        *(entry for entry in weighed if isinstance(entry, Problem)),
    )
    return problems, tuple(entry for entry in weighed if isinstance(entry, Witness))
