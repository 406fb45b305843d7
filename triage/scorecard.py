"""How a protocol does on its cases, in the figures of studies of symptom checkers. Pure.

*Safe* is meant strictly: at least as urgent as expected. (Gilbert 2020, PMC7745523, also lets one
level below pass.) *Hazardous* is two or more levels below expected. Its bound is the one-sided 95 %
limit of Clopper and Pearson, about 3/n where none of n cases is; SMASS gives one too
(jmir.org/2024/1/e58157).
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, comb, fsum
from typing import Any

from calfcms.publishing.digest import digest_of
from calfcms.urgency import Urgency
from triage.case_answers import (
    HAZARDOUS_DISTANCE,
    Case,
    answer_case,
    count_known_findings,
    list_cases,
)
from triage.compilation import compile_definition
from triage.core.protocol import Protocol

SCORECARD = "scorecard"
"""The name of the rendition that holds it."""
CONFIDENCE = 0.95
_STEPS = 60
"""Halvings of the interval in which the bound is looked for: far below what is shown of it."""
_PLACES = 4
_TOLERANCE = 1e-6
"""So that what is exact but for the computer's arithmetic is not rounded up."""

LEVELS = tuple(sorted(Urgency, key=lambda level: -level.rank))
"""The most urgent first: the order of rows and columns."""


@dataclass(frozen=True)
class Verdict:
    """A case with the level that it was answered."""

    case: Case
    answered: Urgency
    is_mostly_unknown: bool
    """Whether more than half of the protocol's findings are unknown in it."""

    @property
    def distance(self) -> int:
        """How many levels more urgent than expected; negative where less urgent."""
        return self.answered.rank - self.case.expected.rank


@dataclass(frozen=True)
class Tally:
    """The figures over some cases."""

    verdicts: tuple[Verdict, ...]

    @property
    def cases(self) -> int:
        """How many there are. Every case is answered, so that no share hides any."""
        return len(self.verdicts)

    @property
    def mostly_unknown(self) -> int:
        """How many have most findings unknown."""
        return sum(verdict.is_mostly_unknown for verdict in self.verdicts)

    @property
    def exact(self) -> int:
        """How many are answered what is expected."""
        return sum(verdict.distance == 0 for verdict in self.verdicts)

    @property
    def acceptable(self) -> int:
        """How many are answered a level that a clinician would accept."""
        return sum(verdict.answered in verdict.case.data["acceptable"] for verdict in self.verdicts)

    @property
    def safe(self) -> int:
        """How many are answered at least as urgently as expected."""
        return self.cases - self.under_triaged

    @property
    def under_triaged(self) -> int:
        """How many are answered less urgently than expected."""
        return sum(verdict.distance < 0 for verdict in self.verdicts)

    @property
    def over_triaged(self) -> int:
        """How many are answered more urgently than expected."""
        return sum(verdict.distance > 0 for verdict in self.verdicts)

    @property
    def hazardous(self) -> int:
        """How many are answered two or more levels below what is expected."""
        return sum(verdict.distance <= -HAZARDOUS_DISTANCE for verdict in self.verdicts)

    def at(self, level: Urgency) -> "Tally":
        """The figures over the cases that expect this level."""
        return Tally(tuple(v for v in self.verdicts if v.case.expected is level))

    def count_answers(self) -> dict[tuple[Urgency, Urgency], int]:
        """How many cases there are of each level expected and level answered."""
        return Counter((v.case.expected, v.answered) for v in self.verdicts)


@dataclass(frozen=True)
class SetScore:
    """A case set with its figures."""

    case_set: Mapping[str, Any]
    tally: Tally

    @property
    def digest(self) -> str:
        """The digest of the set, by which anybody who holds it can tell that it is this one."""
        return digest_of(self.case_set)


@dataclass(frozen=True)
class Scorecard:
    """Every set, and all of them together."""

    sets: tuple[SetScore, ...]

    @property
    def total(self) -> Tally:
        """The figures over all sets."""
        return Tally(tuple(verdict for score in self.sets for verdict in score.tally.verdicts))


def score_content(content: Mapping[str, Any]) -> Scorecard:
    """How this content answers its own cases. Raises `CompilationError`."""
    return score_cases(compile_definition(content), content)


def score_cases(protocol: Protocol, content: Mapping[str, Any]) -> Scorecard:
    """How the protocol answers the cases of the content, which may be another edition's."""
    verdicts = [_judge(case, protocol) for case in list_cases(content)]
    return Scorecard(
        tuple(
            SetScore(
                case_set,
                Tally(tuple(v for v in verdicts if v.case.case_set["id"] == case_set["id"])),
            )
            for case_set in content.get("case_sets", ())
        )
    )


def _judge(case: Case, protocol: Protocol) -> Verdict:
    known = count_known_findings(case, protocol)
    return Verdict(case, answer_case(case, protocol), 2 * known < len(protocol.findings))


def bound_rate(count: int, of: int) -> float | None:
    """The rate that the true one is below with 95 % confidence (Clopper and Pearson, one-sided).

    Rounded up. None where there are no cases to tell.
    """
    if not of:
        return None
    low, high = count / of, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _chance_of_at_most(count, of, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    scale: int = 10**_PLACES
    return ceil(high * scale - _TOLERANCE) / scale


def _chance_of_at_most(count: int, of: int, rate: float) -> float:
    return fsum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(count + 1))


def write_scorecard(edition: Mapping[str, Any], content: Mapping[str, Any]) -> bytes:
    """The bytes of `describe_scorecard`, as they are stored when an edition is published."""
    value = describe_scorecard(edition, content)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def describe_scorecard(edition: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """The scorecard of an edition as JSON: sets, and all of them together; no case itself.

    `edition` is its JSON as everybody may read it, `content` what was signed.
    """
    scorecard = score_content(content)
    return {
        "protocol": {name: edition[name] for name in ("slug", "edition", "digest")},
        "sets": [_describe_set(score) for score in scorecard.sets],
        "total": describe_tally(scorecard.total),
    }


def _describe_set(score: SetScore) -> dict[str, Any]:
    named = {name: score.case_set[name] for name in ("id", "title", "source", "must_pass")}
    return {**named, "digest": score.digest, **describe_tally(score.tally)}


def describe_tally(tally: Tally) -> dict[str, Any]:
    """Counts, shares and the confusion matrix."""
    counted = ("mostly_unknown", "exact", "acceptable", "safe", "under_triaged", "over_triaged")
    return {
        "cases": tally.cases,
        **{name: _describe_share(getattr(tally, name), tally.cases) for name in counted},
        "hazardous": {
            "count": tally.hazardous,
            "upper_bound": bound_rate(tally.hazardous, tally.cases),
        },
        "levels": [_describe_level(level, tally.at(level)) for level in LEVELS],
        "matrix": describe_matrix(tally),
    }


def _describe_level(level: Urgency, tally: Tally) -> dict[str, Any]:
    counted = ("exact", "under_triaged", "over_triaged")
    return {
        "expected": level.value,
        "cases": tally.cases,
        **{name: _describe_share(getattr(tally, name), tally.cases) for name in counted},
    }


def _describe_share(count: int, of: int) -> dict[str, Any]:
    return {"count": count, "share": round(count / of, _PLACES) if of else None}


def describe_matrix(tally: Tally) -> list[dict[str, Any]]:
    """One row for each level expected, with how often each level was answered."""
    counts = tally.count_answers()
    return [
        {
            "expected": expected.value,
            "answered": {answered.value: counts[expected, answered] for answered in LEVELS},
        }
        for expected in LEVELS
    ]
