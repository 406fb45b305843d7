"""Reads a protocol as a careful colleague would, and lists every reason not to publish it.

Ids that do not resolve, ids used twice and missing advice never get this far: a `Protocol` with
such faults is not built, and its `ProtocolError` carries them as the same kind of problem.
"""

from triage.core.checks.groups import list_group_problems
from triage.core.checks.incomplete_scores import list_incomplete_score_problems
from triage.core.checks.logic import list_logic_problems
from triage.core.checks.provenance import list_provenance_problems
from triage.core.checks.red_flags import list_red_flag_problems
from triage.core.checks.shadows import list_shadow_problems
from triage.core.checks.usage import list_usage_problems
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol

__all__ = ["list_problems"]


def list_problems(protocol: Protocol) -> list[ProtocolProblem]:
    """Every problem, sorted by place and code, whatever the order of the protocol's parts."""
    problems = [
        *list_provenance_problems(protocol),
        *list_group_problems(protocol),
        *list_logic_problems(protocol),
        *list_shadow_problems(protocol),
        *list_incomplete_score_problems(protocol),
        *list_red_flag_problems(protocol),
        *list_usage_problems(protocol),
    ]
    return sorted(problems, key=lambda problem: (problem.where, problem.code, problem.message))
