"""The cases of the first protocol, as its bundle in `fixtures/` has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calfcms.bundles.reading import read_bytes
from calfcms.publishing.bundles import parse_as
from calfcms.urgency import Urgency
from triage.case_answers import list_cases as list_cases_of_content
from triage.case_answers import read_facts_of_case
from triage.compilation import compile_definition
from triage.core.facts import Facts
from triage.core.protocol import Protocol
from triage.definition import ProtocolDraft

FIXTURES = Path(__file__).parents[2] / "fixtures" / "triage"


@dataclass(frozen=True)
class Case:
    """One person, and the levels that clinicians would accept."""

    id: str
    protocol: str
    story: str
    facts: Facts
    expected: Urgency
    acceptable: frozenset[Urgency]

    def __str__(self) -> str:
        return self.id


def list_cases() -> list[Case]:
    """Every case of every protocol in `fixtures/`."""
    return [
        Case(
            id=case.id,
            protocol=path.stem,
            story=case.data["story"],
            facts=read_facts_of_case(case),
            expected=case.expected,
            acceptable=frozenset(map(Urgency, case.data["acceptable"])),
        )
        for path in sorted(FIXTURES.glob("*.yaml"))
        for case in list_cases_of_content(read_definition(path.stem))
    ]


@cache
def read_definition(slug: str) -> Mapping[str, Any]:
    """The draft in the protocol's bundle, as JSON."""
    path = FIXTURES / f"{slug}.yaml"
    bundle = read_bytes(path.read_bytes(), source=path.name)
    definition: dict[str, Any] = parse_as(ProtocolDraft, bundle).model_dump(mode="json")
    return definition


@cache
def read_protocol(slug: str) -> Protocol:
    """The protocol as its bundle says it."""
    return compile_definition(read_definition(slug))
