"""Cases that a clinician can read: what a person said, and how soon they should be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from calfcms.urgency import Urgency
from triage.compilation import compile_definition
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Protocol
from triage.definition import ProtocolDraft

FOLDER = Path(__file__).parent / "cases"
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
    """Every case of every file."""
    return [
        _read_case(row, content["protocol"])
        for path in sorted(FOLDER.glob("*.yaml"))
        for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for row in content["cases"]
    ]


def _read_case(row: Mapping[str, Any], protocol: str) -> Case:
    findings = {name: value for value in Presence for name in row[value.value]}
    return Case(
        id=row["id"],
        protocol=protocol,
        story=row["story"],
        facts=Facts(
            findings=findings,
            age_years=row.get("age_years"),
            age_months=row.get("age_months"),
            sex=Sex(row.get("sex", "unknown")),
        ),
        expected=Urgency(row["expected"]),
        acceptable=frozenset(map(Urgency, row["acceptable"])),
    )


@cache
def read_protocol(slug: str) -> Protocol:
    """The protocol as its bundle in `fixtures/` says it."""
    data = yaml.safe_load((FIXTURES / f"{slug}.yaml").read_text(encoding="utf-8"))
    data.pop("kind")
    return compile_definition(ProtocolDraft.model_validate(data).model_dump(mode="json"))
