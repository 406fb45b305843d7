"""Two conflicts about one finding, and what a denial waits for."""

import pytest

from tests.triage.core.builders import URGENT, make_conflict, make_facts, make_protocol, make_rule
from triage.core.evaluate import evaluate

CONFLICTS = (make_conflict("e d"), make_conflict("c d"))
PROTOCOL = make_protocol([make_rule("r", URGENT, "(a or b) and not d")], conflicts=CONFLICTS)


@pytest.mark.parametrize("present", ["a d e", "a c d"])
def test_one_contradiction_is_enough_also_while_another_is_only_possible(present: str) -> None:
    assert evaluate(PROTOCOL, make_facts(present)).disposition.urgency is URGENT


@pytest.mark.parametrize(
    ("present", "absent", "missing"),
    [
        ("b", "", ("c", "d", "e")),
        ("b", "c", ("d", "e")),
        ("b", "e", ("c", "d")),
        ("b", "c e", ("d",)),
        ("b d", "", ("c", "e")),
        ("b d", "c", ("e",)),
    ],
)
def test_a_denial_waits_for_its_finding_and_for_all_that_could_contradict_it(
    present: str, absent: str, missing: tuple[str, ...]
) -> None:
    entry = evaluate(PROTOCOL, make_facts(present, absent)).not_excluded[0]

    assert entry.missing == missing


def test_with_one_conflict_a_denial_waits_for_no_settled_part_of_its_rule() -> None:
    rules = [make_rule("r", URGENT, "(a or b) and not d")]
    protocol = make_protocol(rules, conflicts=CONFLICTS[:1])

    answered, unanswered = make_facts("b", "e"), make_facts("b")

    assert evaluate(protocol, answered).not_excluded[0].missing == ("d",)
    assert evaluate(protocol, unanswered).not_excluded[0].missing == ("d", "e")
