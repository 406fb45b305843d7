"""What an earlier receipt may and may not tell."""

import pytest

from tests.triage.core.builders import make_facts, make_protocol
from triage.core.facts import Facts, Presence
from triage.question import RepeatContact
from triage.repeat_contact import add_repeat_contact, compare_contacts

PROTOCOL = make_protocol([], "a b again", repeat_contact="again")


@pytest.mark.parametrize(
    ("before", "now", "because"),
    [
        (make_facts(absent="a"), make_facts("a"), ("a",)),
        (make_facts(absent="a b"), make_facts("b a"), ("a", "b")),
        (make_facts(absent="a"), make_facts("a", unknown="again"), ("a",)),
        (make_facts(), make_facts("a"), None),
        (make_facts(unknown="a"), make_facts("a"), None),
        (make_facts("a"), make_facts("a"), None),
        (make_facts("a"), make_facts(absent="a"), None),
        (make_facts(absent="a"), make_facts("a", absent="again"), None),
        (make_facts(absent="a"), make_facts("a again"), None),
    ],
)
def test_what_was_absent_then_and_is_present_now_is_worse(
    before: Facts, now: Facts, because: tuple[str, ...] | None
) -> None:
    expected = RepeatContact("again", because) if because else None

    assert compare_contacts(PROTOCOL, before, now) == expected


def test_a_protocol_without_such_a_finding_makes_nothing_of_it() -> None:
    protocol = make_protocol([], "a b")

    assert compare_contacts(protocol, make_facts(absent="a"), make_facts("a")) is None


def test_the_finding_counts_as_present_and_nothing_else_changes() -> None:
    facts = make_facts("a", unknown="again", age_years=40, sex="female")

    added = add_repeat_contact(facts, RepeatContact("again", ("a",)))

    assert added == make_facts("a again", age_years=40, sex="female")
    assert facts.findings["again"] is Presence.UNKNOWN
