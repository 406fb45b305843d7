"""Which cases exercise which rules."""

from typing import Any

from tests.triage.case_files import read_definition, read_protocol
from tests.triage.examples import CASES, add_rule, make_case_set, make_content
from triage.compilation import compile_definition
from triage.coverage import Coverage, RuleCoverage, cover


def cover_example(*cases: dict[str, Any], **changes: Any) -> Coverage:
    content = make_content(**make_case_set(*cases), **changes)
    return cover(compile_definition(content), content)


def find(coverage: Coverage, name: str) -> RuleCoverage:
    return next(entry for entry in coverage.rules if entry.rule.id == name)


def test_a_rule_lists_the_cases_in_which_it_is_true() -> None:
    coverage = cover_example(*CASES.values())

    assert find(coverage, "smoke_seen").true_in == ("fire",)
    assert find(coverage, "sweet_hum").true_in == ("sweets",)
    assert find(coverage, "glow_or_fever").true_in == ("ember",)


def test_a_rule_decides_where_the_case_would_be_answered_otherwise_without_it() -> None:
    both = CASES["ember"] | {"id": "both", "findings": {"fever": "present", "sore_jaw": "present"}}
    smoking = CASES["ember"] | {
        "id": "smoking",
        "findings": {"smoke": "present", "glow": "present", "fever": "present"},
        "acceptable": ["urgent", "emergency"],
    }

    coverage = cover_example(CASES["ember"], both, smoking, **add_rule("hot", "urgent", "sore_jaw"))

    assert find(coverage, "glow_or_fever").true_in == ("ember", "both", "smoking")
    assert find(coverage, "glow_or_fever").decides == ("ember",)
    assert find(coverage, "smoke_seen").decides == ("smoking",)


def test_a_self_care_rule_that_is_withheld_decides_nothing() -> None:
    open_gate = CASES["sweets"] | {"findings": {"hum": "present", "sweets": "present"}}

    rule = find(cover_example(open_gate | {"findings": SWEET}), "sweet_hum")

    assert rule.true_in == ("sweets",)
    assert rule.decides == ()


SWEET = {"hum": "present", "sweets": "present", "glow": "absent"}


def test_a_rule_that_no_case_makes_true_is_dead() -> None:
    coverage = cover_example(CASES["fire"])

    assert "smoke_seen" not in [entry.rule.id for entry in coverage.dead_rules]
    assert [entry.rule.id for entry in coverage.dead_rules] == [
        "glow_or_fever",
        "high_score",
        "small_child",
        "one_tooth_hums",
        "sweet_hum",
    ]


def test_a_finding_that_nobody_has_is_named() -> None:
    idle = cover_example(*CASES.values()).idle_findings

    assert idle == ("one_tooth", "all_teeth", "sore_jaw")


def test_a_shadowed_rule_names_the_one_that_is_always_true_with_it() -> None:
    coverage = cover_example(**add_rule("more", "emergency", "smoke and hum"))

    shadow = find(coverage, "more").shadowed_by
    assert shadow is not None
    assert shadow.id == "smoke_seen"
    assert find(coverage, "smoke_seen").shadowed_by is None


def test_every_rule_and_finding_of_the_first_protocol_is_exercised() -> None:
    coverage = cover(read_protocol("calf-pain"), read_definition("calf-pain"))

    assert coverage.dead_rules == []
    assert coverage.idle_findings == ()
