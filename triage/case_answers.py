"""What a protocol answers to its cases. Pure: content in, levels of urgency out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calfcms.urgency import Urgency
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Protocol
from triage.core.shortcut import decide_urgency

HAZARDOUS_DISTANCE = 2
"""So many levels below what was expected is an error that can cost a life."""


@dataclass(frozen=True)
class Case:
    """A case of some content, with its place there."""

    pointer: str
    case_set: Mapping[str, Any]
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id, which no other case of the protocol has."""
        return str(self.data["id"])

    @property
    def expected(self) -> Urgency:
        """What a clinician would say."""
        return Urgency(self.data["expected"])

    @property
    def lowest(self) -> Urgency:
        """The least urgent level that a clinician would accept."""
        return min(map(Urgency, self.data["acceptable"]), key=lambda level: level.rank)

    def is_under_triaged_by(self, urgency: Urgency) -> bool:
        """Whether this answer would make the person wait longer than anybody would accept."""
        return urgency.rank < self.lowest.rank

    def is_endangered_by(self, urgency: Urgency) -> bool:
        """Whether the answer is not just too low but levels below what was expected."""
        distance = self.expected.rank - urgency.rank
        return self.is_under_triaged_by(urgency) and distance >= HAZARDOUS_DISTANCE


def list_cases(content: Mapping[str, Any]) -> list[Case]:
    """Every case of every set. Editions from before there were case sets have none."""
    return list(_walk_cases(content))


def _walk_cases(content: Mapping[str, Any]) -> Iterator[Case]:
    for number, case_set in enumerate(content.get("case_sets", ())):
        for place, data in enumerate(case_set["cases"]):
            yield Case(f"/case_sets/{number}/cases/{place}", case_set, data)


def list_unknown_findings(case: Case, protocol: Protocol) -> list[str]:
    """The findings of the case that the protocol does not have."""
    known = {finding.id for finding in protocol.findings}
    return [name for name in case.data["findings"] if name not in known]


def read_facts_of_case(case: Case) -> Facts:
    """The case as the evaluator takes it."""
    data = case.data
    return Facts(
        findings={name: Presence(value) for name, value in data["findings"].items()},
        age_years=data["age_years"],
        age_months=data["age_months"],
        sex=Sex(data["sex"]),
    )


def read_asked_facts(case: Case, protocol: Protocol) -> Facts:
    """The case as this protocol hears it: it does not ask about findings that it does not have."""
    facts = read_facts_of_case(case)
    unknown = set(list_unknown_findings(case, protocol))
    if not unknown:
        return facts
    asked = {name: value for name, value in facts.findings.items() if name not in unknown}
    return Facts(asked, facts.age_years, facts.age_months, facts.sex)


def answer_case(case: Case, protocol: Protocol) -> Urgency:
    """The urgency that a reader with these answers gets."""
    return decide_urgency(protocol, read_asked_facts(case, protocol))


def count_known_findings(case: Case, protocol: Protocol) -> int:
    """How many of the protocol's findings are answered present or absent in the case."""
    given = read_asked_facts(case, protocol).findings.values()
    return sum(value is not Presence.UNKNOWN for value in given)
