"""Labelled sentences, and how well a reader does on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from triage.definition import FindingDefinition
from triage.parsing import Reader

FIXTURES = Path(__file__).parents[3] / "fixtures" / "triage"


@dataclass(frozen=True)
class Sentence:
    """What somebody wrote, and what a careful clinician would tick from it."""

    text: str
    present: frozenset[str]
    absent: frozenset[str]
    may: frozenset[str]
    """May be suggested as present, and need not."""


@dataclass
class Scores:
    """Suggestions against labels."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The part of the suggestions that is right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The part of the labels that was suggested."""
        return self.right / (self.right + self.missed)


@dataclass
class Result:
    """All the scores, and what went wrong."""

    present: Scores = field(default_factory=Scores)
    absent: Scores = field(default_factory=Scores)
    false_absents: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def overall(self) -> Scores:
        """Presence and absence together."""
        one, other = self.present, self.absent
        return Scores(one.right + other.right, one.wrong + other.wrong, one.missed + other.missed)


def list_sentences(part: str) -> list[Sentence]:
    """The sentences of `development` or `held_out`."""
    rows = yaml.safe_load((Path(__file__).parent / f"{part}.yaml").read_text())
    return [
        Sentence(
            row["text"],
            *(frozenset(row.get(member, ())) for member in ("present", "absent", "may")),
        )
        for row in rows
    ]


def list_findings(slug: str) -> list[Mapping[str, Any]]:
    """The vocabulary of a protocol, as its bundle in `fixtures/` has it."""
    bundle = yaml.load((FIXTURES / f"{slug}.yaml").read_text(), yaml.CSafeLoader)
    return [FindingDefinition.model_validate(row).model_dump() for row in bundle["findings"]]


def score(
    reader: Reader, sentences: Sequence[Sentence], findings: Sequence[Mapping[str, Any]]
) -> Result:
    """Read every sentence, and hold it against its labels."""
    red_flags = {finding["id"] for finding in findings if finding["red_flag"]}
    result = Result()
    for sentence in sentences:
        read = {one.finding: one.value for one in reader.read(sentence.text)}
        present = {name for name, value in read.items() if value == "present"}
        absent = set(read) - present
        _count(result.present, present - sentence.may, sentence.present)
        _count(result.absent, absent, sentence.absent)
        false = (absent - sentence.absent) & red_flags
        result.false_absents += [f"{sentence.text}: {name}" for name in sorted(false)]
        if present - sentence.may != sentence.present or absent != sentence.absent:
            result.errors.append(_show(sentence, present, absent))
    return result


def _count(scores: Scores, found: set[str], wanted: frozenset[str]) -> None:
    scores.right += len(found & wanted)
    scores.wrong += len(found - wanted)
    scores.missed += len(wanted - found)


def _show(sentence: Sentence, present: set[str], absent: set[str]) -> str:
    wrong = [f"+{name}" for name in sorted(present - sentence.may - sentence.present)]
    wrong += [f"+not {name}" for name in sorted(absent - sentence.absent)]
    wrong += [f"-{name}" for name in sorted(sentence.present - present)]
    wrong += [f"-not {name}" for name in sorted(sentence.absent - absent)]
    return f"{sentence.text}\n    {' '.join(wrong)}"
