"""Asking one question after the other: it ends soon, and where all answers would have ended."""

import statistics

import pytest

from benchmarks.conversations import (
    answer_everything,
    choose_adaptively,
    choose_in_order,
    converse,
)
from tests.triage.case_files import Case, list_cases, read_protocol
from triage.core.facts import Presence

UNLISTED = [Presence.UNKNOWN, Presence.ABSENT]


def list_some_cases(step: int) -> list[Case]:
    return sorted(list_cases(), key=lambda case: case.id)[::step]


@pytest.mark.parametrize("unlisted", UNLISTED)
def test_asking_ends_with_the_disposition_of_all_answers(unlisted: Presence) -> None:
    for case in list_some_cases(3):
        protocol = read_protocol(case.protocol)

        _, urgency = converse(protocol, case.facts, unlisted, choose_adaptively)

        assert urgency is answer_everything(protocol, case.facts, unlisted), case.id


@pytest.mark.parametrize("unlisted", UNLISTED)
def test_the_next_question_takes_at_most_two_thirds_of_a_fixed_order(unlisted: Presence) -> None:
    adaptive, fixed = [], []
    for case in list_some_cases(12):
        protocol = read_protocol(case.protocol)
        in_order = choose_in_order(protocol)

        adaptive.append(converse(protocol, case.facts, unlisted, choose_adaptively)[0])
        fixed.append(converse(protocol, case.facts, unlisted, in_order)[0])

    assert statistics.mean(adaptive) <= statistics.mean(fixed) * 2 / 3
