"""Two wordings of a protocol, rule by rule."""

from typing import Any

import pytest

from tests.triage.examples import make_content
from triage.rule_changes import RuleChange, list_rule_changes


def change(**members: Any) -> list[RuleChange]:
    """The changes that these members of the first rule make."""
    before, after = make_content(), make_content()
    after["rules"][0] |= members
    return list_rule_changes(before, after)


@pytest.mark.parametrize(
    ("urgency", "kind", "is_weaker"), [("urgent", "lowered", True), ("emergency", "", False)]
)
def test_a_lowered_urgency_may_make_people_wait(urgency: str, kind: str, is_weaker: bool) -> None:
    changes = change(urgency=urgency)

    assert [(one.kind, one.is_weaker) for one in changes] == ([(kind, is_weaker)] if kind else [])


def test_an_expression_is_compared_as_text_and_in_words() -> None:
    [one] = change(when="smoke and fever")

    assert one.kind == "changed"
    assert [(run.op.value, run.text) for run in one.runs] == [
        ("equal", "smoke"),
        ("insert", " and fever"),
    ]
    assert one.when_after.words == "smoke from the mouth and fever"
    assert one.when_before.words == "smoke from the mouth"


def test_an_expression_that_cannot_be_read_is_shown_as_text_alone() -> None:
    [one] = change(when="smoke and")

    assert (one.when_after.text, one.when_after.words) == ("smoke and", "")


def test_sources_and_texts_are_compared() -> None:
    [one] = change(references=["tooth-board", "new-2026"], reason="Smoke is fire.")

    assert (one.added_sources, one.removed_sources) == (("new-2026",), ("ito-2019",))
    assert [name for name, _ in one.texts] == ["reason"]


def test_what_may_make_people_wait_longer_comes_first() -> None:
    before, after = make_content(), make_content()
    first, second = before["rules"][:2]
    after["rules"] = [first | {"id": "added"}, second | {"urgency": "routine"}]
    after["rules"] += before["rules"][2:]

    changes = list_rule_changes(before, after)

    assert [(one.id, one.kind) for one in changes] == [
        (second["id"], "lowered"),
        (first["id"], "removed"),
        ("added", "added"),
    ]


def test_without_a_wording_before_every_rule_is_added() -> None:
    content = make_content()

    changes = list_rule_changes(None, content)

    assert {one.kind for one in changes} == {"added"}
    assert len(changes) == len(content["rules"])
