"""Every reason against publishing a protocol that lies in how it answers its own cases. Pure."""

from collections.abc import Callable, Iterator
from functools import cache

from calfcms.publishing.kinds import Content
from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from triage.case_answers import Case, answer_case, list_cases, list_unknown_findings
from triage.compilation import CompilationError, compile_definition
from triage.core.protocol import Protocol

GetLive = Callable[[], Content | None]
"""The content that readers get now; None where nothing is live."""

_ACCEPTABLE = "case_newly_under_triaged"
"""What a second clinician may answer for: not far too low, and in no set that must pass."""
_ACCEPTABLE_HINT = (
    "Correct the rules; or have a second clinician sign this list on the review page, who neither "
    "edited nor signed the draft."
)
_HINT = "Correct the rules; or, if the case itself is wrong, what it expects."


def list_case_problems(
    content: Content, protocol: Protocol, *, get_live: GetLive
) -> Iterator[Problem]:
    """Cases that are answered too low, and cases that name findings which do not exist.

    In a set that must pass no case may be. In any other, none so low that it endangers, and none
    that the live edition answers well enough.
    """
    live = cache(lambda: _compile_live(get_live()))
    for case in list_cases(content):
        if unknown := list_unknown_findings(case, protocol):
            yield from _list_unknown(case, unknown)
            continue
        urgency = answer_case(case, protocol)
        if case.is_under_triaged_by(urgency):
            reason = _find_reason(case, urgency, live)
            if reason:
                yield _say_too_low(case, urgency, *reason)


def _compile_live(content: Content | None) -> Protocol | None:
    try:
        return compile_definition(content) if content else None
    except CompilationError:  # an edition of the past that today's grammar cannot read
        return None


def _find_reason(
    case: Case, urgency: Urgency, live: Callable[[], Protocol | None]
) -> tuple[str, str] | None:
    """The code, and why this answer stands in the way; None where it may be published."""
    if case.case_set["must_pass"]:
        return "case_under_triaged", "and its set must pass"
    if case.is_endangered_by(urgency):
        return "case_endangered", f"far below {case.expected}"
    protocol = live()
    if protocol and not case.is_under_triaged_by(answer_case(case, protocol)):
        return _ACCEPTABLE, "and the live edition does better"
    return None


def _say_too_low(case: Case, urgency: Urgency, code: str, why: str) -> Problem:
    return Problem(
        code,
        f"The case `{case.id}` ({case.case_set['title']}) is answered {urgency}, where nobody "
        f"would accept less than {case.lowest}, {why}.",
        _ACCEPTABLE_HINT if code == _ACCEPTABLE else _HINT,
        case.pointer,
        is_acceptable=code == _ACCEPTABLE,
    )


def _list_unknown(case: Case, names: list[str]) -> Iterator[Problem]:
    for name in names:
        yield Problem(
            "case_finding_unknown",
            f"The case `{case.id}` names the finding `{name}`, which the protocol does not have.",
            "Correct the id, or take the finding out of the case.",
            f"{case.pointer}/findings/{name}",
        )
