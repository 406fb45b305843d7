"""Proofs that were made already; and the solver, which is loaded when the first is wanted.

Loading z3 takes some 0.4 seconds, which no server and no command should wait for at its start.
"""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from calfcms.urgency import Urgency
from triage.core.protocol import Protocol

if TYPE_CHECKING:
    from triage.proof.proving import Proof

_one_at_a_time = Lock()


def get_proof(protocol: Protocol, red_flags: Mapping[str, Urgency]) -> "Proof":
    """The proof of this protocol for these red flags of its pages; made only once.

    What was not decided is tried again.
    """
    with _one_at_a_time:
        proof = _prove(protocol, tuple(sorted(red_flags.items())))
        if not proof.is_decided:
            _prove.cache_clear()
    return proof


@lru_cache(maxsize=32)
def _prove(protocol: Protocol, red_flags: tuple[tuple[str, Urgency], ...]) -> "Proof":
    from triage.proof.proving import prove

    return prove(protocol, dict(red_flags))
