"""Looks up every id that a protocol names, and lists all that do not resolve or are there twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from calfcms.urgency import Urgency
from triage.core.expressions import list_finding_ids, list_score_ids, suggest
from triage.core.problems import ProtocolProblem

if TYPE_CHECKING:
    from triage.core.protocol import Protocol


def list_unresolved(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    """Every reason why the parts do not make a protocol; none when they do."""
    yield from _list_duplicates(protocol)
    yield from _list_missing_dispositions(protocol)
    yield from _list_unknown_findings(protocol)
    yield from _list_unknown_scores(protocol)
    yield from _list_unknown_conditions(protocol)


def _list_duplicates(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    names = {
        "findings": [finding.id for finding in protocol.findings],
        "scores": [score.id for score in protocol.scores],
        "rules": [rule.id for rule in protocol.rules],
        "causes": [cause.id for cause in protocol.causes],
        "gates": list(protocol.gates),
        "regions": [region.code for region in protocol.regions],
        "dispositions": [disposition.urgency.value for disposition in protocol.dispositions],
    }
    names |= {f"scores/{score.id}": [item.id for item in score.items] for score in protocol.scores}
    for where, ids in names.items():
        yield from (_duplicate(where, name) for name, count in Counter(ids).items() if count > 1)
    shared = {finding.id for finding in protocol.findings} & {score.id for score in protocol.scores}
    yield from (_duplicate("scores", name) for name in sorted(shared))


def _duplicate(where: str, name: str) -> ProtocolProblem:
    hint = "give each its own id, or remove one"
    return ProtocolProblem(
        "duplicate_id", f"{name} is there more than once", hint, f"{where}/{name}"
    )


def _list_missing_dispositions(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    given = {disposition.urgency for disposition in protocol.dispositions}
    for urgency in Urgency:
        if urgency not in given:
            message, hint = (
                f"there is no advice for {urgency}",
                "add a disposition with headline and advice",
            )
            yield ProtocolProblem("disposition_missing", message, hint, f"dispositions/{urgency}")


def _list_unknown_findings(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    known = {finding.id for finding in protocol.findings}
    for where, names in _list_finding_uses(protocol):
        for name in sorted(set(names) - known):
            yield _unknown("finding", name, known, where)


def _list_finding_uses(protocol: "Protocol") -> Iterator[tuple[str, Iterable[str]]]:
    yield "gates", protocol.gates
    if protocol.repeat_contact:
        yield "repeat_contact", (protocol.repeat_contact,)
    for conflict in protocol.conflicts:
        yield "conflicts", conflict.findings
    for cause in protocol.causes:
        yield f"causes/{cause.id}", (*cause.supporting, *cause.opposing)
    for where, node in protocol.list_expressions():
        yield where, list_finding_ids(node)


def _list_unknown_scores(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    known = {score.id for score in protocol.scores}
    for where, node in protocol.list_expressions():
        for name in sorted(set(list_score_ids(node))):
            if where.startswith("scores/"):
                hint = "repeat the items that count"
                yield ProtocolProblem(
                    "nested_score", f"a score can't rest on a score ({name})", hint, where
                )
            elif name not in known:
                yield _unknown("score", name, known, where)


def _list_unknown_conditions(protocol: "Protocol") -> Iterator[ProtocolProblem]:
    known = set(protocol.conditions)
    for rule in protocol.rules:
        for name in sorted({link.condition for link in rule.red_flags} - known):
            yield _unknown("condition", name, known, f"rules/{rule.id}")


def _unknown(kind: str, name: str, known: Iterable[str], where: str) -> ProtocolProblem:
    return ProtocolProblem(
        f"unknown_{kind}", f"there is no {kind} {name!r}", suggest(name, known), where
    )
