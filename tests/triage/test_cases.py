"""How the first protocol does on its cases."""

from collections import Counter

import pytest

from calfcms.urgency import Urgency
from tests.triage.case_files import Case, list_cases, read_protocol
from triage.core.checks import list_problems
from triage.core.evaluate import evaluate
from triage.core.evaluation import Evaluation

CASES = list_cases()

OVER_TRIAGED = {"ro24", "tp108", "tp111", "tp114", "tp115", "tp125", "tp126", "un072"}
"""Answered more urgently than their authors accept. Fever with any leg problem is seen the same
day, also in flu (`ro24`), because a patient cannot tell the two apart. In the others care at home
fits no picture that is told well enough: a bruise with blood thinners not asked about, for one.
Safe errors, kept on purpose."""


def answer(case: Case) -> Evaluation:
    return evaluate(read_protocol(case.protocol), case.facts)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nobody_is_told_to_wait_longer_than_any_clinician_would_accept(case: Case) -> None:
    urgency = answer(case).disposition.urgency

    assert urgency.rank >= min(level.rank for level in case.acceptable), case.story


def test_answers_that_are_too_urgent_are_known_and_few() -> None:
    too_urgent = {
        case.id
        for case in CASES
        if answer(case).disposition.urgency.rank > max(level.rank for level in case.acceptable)
    }

    assert too_urgent == OVER_TRIAGED


def test_the_protocol_does_well_on_all_cases_together() -> None:
    answers = {case.id: answer(case).disposition.urgency for case in CASES}
    self_care = [case for case in CASES if case.expected == Urgency.SELF_CARE]

    exact = sum(answers[case.id] == case.expected for case in CASES)
    exact_self_care = sum(answers[case.id] == Urgency.SELF_CARE for case in self_care)

    assert exact / len(CASES) >= 0.9
    assert exact_self_care / len(self_care) >= 0.7


def test_every_rule_is_exercised_by_some_case() -> None:
    exercised = {match.rule.id for case in CASES for match in answer(case).matched}

    unused = {rule.id for rule in read_protocol("calf-pain").rules} - exercised

    assert unused == set()


def test_every_finding_is_present_in_some_case() -> None:
    present = {
        name
        for case in CASES
        for name, value in case.facts.findings.items()
        if value.value == "present"
    }

    assert {finding.id for finding in read_protocol("calf-pain").findings} <= present


def test_most_cases_know_little() -> None:
    known = [sum(v.value != "unknown" for v in case.facts.findings.values()) for case in CASES]

    assert sorted(known)[len(known) // 2] <= 10
    assert len(CASES) >= 80
    assert not [name for name, count in Counter(case.id for case in CASES).items() if count > 1]


def test_the_protocol_passes_every_check() -> None:
    assert list_problems(read_protocol("calf-pain")) == []
