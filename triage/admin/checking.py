"""What stands against a protocol while somebody writes it, and which cases exercise each rule."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from calfcms.publishing.kinds import Content, get_kind
from conditions.admin.checking import list_problems, list_sources
from conditions.admin.faults import Fault
from conditions.models import Publisher, Reference
from conditions.selectors import list_missing_rows
from triage.case_answers import Case, list_cases
from triage.compilation import CompilationError, compile_definition
from triage.content import KIND
from triage.core.protocol import Protocol
from triage.coverage import answer_with_rules
from triage.definition import ProtocolDraft


def list_missing(draft: ProtocolDraft) -> list[Fault]:
    """The publisher and the references that the draft names but nobody made."""
    cited = _walk_citations(draft.model_dump(mode="json", include={"rules", "scores"}))
    named = [(f"{place}/{n}", key) for place, keys in cited for n, key in enumerate(keys)]
    problems = [
        *list_missing_rows(Publisher, "slug", [("/publisher", draft.publisher)]),
        *list_missing_rows(Reference, "key", named),
    ]
    return [
        Fault(problem.pointer, f"{problem.message} Choose another, or add it first.")
        for problem in problems
    ]


def check_draft(draft: ProtocolDraft) -> dict[str, Any]:
    """Everything that the page shows beside the fields, for a draft without faults of form."""
    if faults := list_missing(draft):
        return {"errors": [asdict(fault) for fault in faults]}
    content = get_kind(KIND).resolve(draft)
    return {
        "errors": [],
        "problems": [asdict(problem) for problem in list_problems(content)],
        "references": list_sources(content, _walk_citations(content)),
        "cases": describe_cases(content),
    }


def describe_cases(content: Content) -> dict[str, dict[str, Any]]:
    """What each case gets, and the rules that are true for it, by id. None without a protocol."""
    try:
        protocol = compile_definition(content)
    except CompilationError:
        return {}
    return {case.id: _describe_case(case, protocol) for case in list_cases(content)}


def _describe_case(case: Case, protocol: Protocol) -> dict[str, Any]:
    urgency, rules = answer_with_rules(case, protocol)
    return {"pointer": case.pointer, "urgency": urgency.value, "rules": [rule.id for rule in rules]}


def _walk_citations(content: Content) -> Iterator[tuple[str, Sequence[str]]]:
    for member in ("rules", "scores"):
        for number, part in enumerate(content[member]):
            yield from _walk_part(f"/{member}/{number}", part)


def _walk_part(here: str, part: Content) -> Iterator[tuple[str, Sequence[str]]]:
    yield f"{here}/references", part["references"]
    for n, view in enumerate((part.get("disagreement") or {}).get("views", ())):
        yield f"{here}/disagreement/views/{n}/references", view["references"]
    for n, claim in enumerate(part.get("performance", ())):
        yield f"{here}/performance/{n}/reference", [claim["reference"]]
