"""From a definition to the core's protocol: every fault, where it is, and what to write instead."""

import copy
from datetime import date
from typing import Any

import pytest

from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from tests.triage.examples import DRAFT, add_rule, change_part, drop_part, make_content
from triage.compilation import CompilationError, compile_definition, get_pointer
from triage.content import describe
from triage.core.applicability import Applicability
from triage.core.expressions import render
from triage.core.parts import CutOff, Disagreement, Performance, View
from triage.core.wording import Speaker, Wording


def list_faults(**changes: Any) -> tuple[Problem, ...]:
    with pytest.raises(CompilationError) as refused:
        compile_definition(make_content(**changes))
    return refused.value.problems


def list_places(**changes: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in list_faults(**changes)]


def test_it_makes_the_protocol_that_is_written() -> None:
    protocol = compile_definition(make_content())

    rule = protocol.rules[0]
    assert (rule.id, rule.urgency, render(rule.when)) == ("smoke_seen", Urgency.EMERGENCY, "smoke")
    assert [str(link) for link in rule.red_flags] == ["tooth-hum/smoke"]
    assert rule.disagreement == Disagreement(
        (
            View("Wait an hour.", Urgency.URGENT, ("tooth-board",)),
            View("Smoke is fire.", None, ("ito-2019",)),
        ),
        "We do not wait: a fire spreads.",
    )
    assert rule.review_due == date(2028, 11, 20)
    assert protocol.gates == ("smoke", "glow", "fever")
    assert protocol.findings[0].codes[0].code == "T1"
    assert protocol.regions[1].get_call(Urgency.URGENT) == "111"
    assert protocol.causes[0].required is None


def test_it_keeps_whom_a_finding_is_for_and_what_a_score_says_of_itself() -> None:
    protocol = compile_definition(make_content())

    assert protocol.get_finding("sweets").applies == Applicability(max_age_years=15)
    assert protocol.get_finding("hum").needs_helper
    assert protocol.get_finding("hum").word_for(Speaker.CARER) == Wording(
        Speaker.CARER, "Does a tooth of theirs hum?", "Listen."
    )
    [score] = protocol.scores
    assert score.cut_offs == (CutOff(2, "likely"),)
    assert score.performance == (Performance("Finds 9 in 10 fires.", "tooth-board"),)


def test_an_edition_from_before_these_members_still_compiles() -> None:
    content = copy.deepcopy(make_content())
    for finding in content["findings"]:
        for name in ("wordings", "applies", "needs_helper"):
            del finding[name]
    for name in ("cut_offs", "performance"):
        del content["scores"][0][name]
    for rule in content["rules"]:
        del rule["review_due"]
        rule["disagreement"] = "We do not wait." if rule["disagreement"] else ""
    for cause in content["causes"]:
        del cause["described_at"]
    del content["repeat_contact"]

    protocol = compile_definition(content)

    assert protocol.rules[0].disagreement == Disagreement((), "We do not wait.")
    assert protocol.rules[1].disagreement is None
    assert protocol.repeat_contact is None


def test_the_edition_makes_the_same_protocol_as_the_draft() -> None:
    content = make_content()

    edition = {"slug": content["slug"], "locale": content["locale"], **describe(content)}

    assert compile_definition(edition) == compile_definition(content)


@pytest.mark.parametrize(
    ("when", "line", "column", "message", "hint"),
    [
        ("smoke an glow", 1, 7, "'an' can't stand here", "Join two expressions with and or or."),
        ("smok", 1, 1, "there is no finding 'smok'", "Did you mean smoke?"),
        ("smoke\n  or (glow", 2, 6, "this parenthesis is never closed", "Add )."),
        ("hum_score", 1, 1, "hum_score is a score", "hum_score >= 2."),
        ("hum_scor >= 2", 1, 1, "there is no score 'hum_scor'", "Did you mean hum_score?"),
        ("smoke and\nage_years", 2, 1, "age_years must be compared", "Write age_years < 16."),
        ("sex == other", 1, 8, "sex can't be compared with other", "Write sex == female"),
        ("smoke & glow", 1, 7, "'&' means nothing here", "Write and."),
    ],
)
def test_a_wrong_expression_is_told_by_line_and_column(
    when: str, line: int, column: int, message: str, hint: str
) -> None:
    [fault] = list_faults(**change_part("rules", "high_score", when=when))

    assert fault.code == "expression_invalid"
    assert fault.pointer == "/rules/2/when"
    assert fault.message.startswith(f"At line {line}, column {column}: {message}")
    assert hint in fault.hint


def test_a_wrong_expression_of_a_score_or_a_cause_is_found_in_its_place() -> None:
    items = copy.deepcopy(DRAFT["scores"][0]["items"])
    items[1]["when"] = "fever fever"
    changes = {
        **change_part("scores", "hum_score", items=items),
        **change_part("causes", "sweet-hum", required="not"),
    }

    assert list_places(**changes) == [
        ("expression_invalid", "/scores/0/items/1/when"),
        ("expression_invalid", "/causes/1/required"),
    ]


def test_it_finds_every_wrong_expression_at_once() -> None:
    items = [item | {"when": "or"} for item in DRAFT["scores"][0]["items"]]
    rules = [rule | {"when": "lost"} for rule in DRAFT["rules"]]

    places = list_places(rules=rules, **change_part("scores", "hum_score", items=items))

    assert places == [
        *(("expression_invalid", f"/scores/0/items/{n}/when") for n in range(4)),
        *(("expression_invalid", f"/rules/{n}/when") for n in range(6)),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        (drop_part("dispositions", "urgent"), "disposition_missing", "/dispositions"),
        ({"gates": ["smoke", "lost"]}, "unknown_finding", "/gates"),
        ({"gates": ["smoke", "smoke"]}, "duplicate_id", "/gates"),
        (
            {"conflicts": [{"findings": ["hum", "lost"], "read_as": "hum"}]},
            "unknown_finding",
            "/conflicts",
        ),
        (
            change_part("causes", "sweet-hum", opposing=["lost"]),
            "unknown_finding",
            "/causes/1",
        ),
        ({"conditions": []}, "unknown_condition", "/rules/0"),
        (
            change_part(
                "scores",
                "hum_score",
                items=[
                    DRAFT["scores"][0]["items"][0],
                    {"id": "again", "label": "A", "when": "hum_score >= 1", "points": 1},
                ],
            ),
            "nested_score",
            "/scores/0/items/1",
        ),
    ],
)
def test_parts_that_do_not_fit_together_are_told(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    faults = list_faults(**changes)

    assert (faults[0].code, faults[0].pointer) == (code, pointer)
    assert all(fault.message.endswith((".", "?")) for fault in faults)
    assert all(fault.hint.endswith((".", "?")) for fault in faults)


def test_a_part_that_no_draft_can_hold_is_told_in_its_place() -> None:
    content = make_content()
    content["scores"][0]["items"][2]["points"] = 0
    content["conflicts"][0]["findings"] = ["one_tooth", "one_tooth"]

    with pytest.raises(CompilationError) as refused:
        compile_definition(content)

    assert [(fault.code, fault.pointer) for fault in refused.value.problems] == [
        ("part_invalid", "/conflicts/0"),
        ("part_invalid", "/scores/0/items/2"),
    ]


def test_the_error_says_everything_in_words() -> None:
    with pytest.raises(CompilationError, match=r"\(/rules/6/when\) Did you mean smoke\?"):
        compile_definition(make_content(**add_rule("new", "urgent", "smoky")))


@pytest.mark.parametrize(
    ("where", "pointer"),
    [
        ("rules/high_score", "/rules/2"),
        ("rules/lost", "/rules"),
        ("scores/hum_score/heat", "/scores/0/items/1"),
        ("scores/hum_score/lost", "/scores/0"),
        ("dispositions/routine", "/dispositions/2"),
        ("regions/GB", "/regions/1"),
        ("gates/smoke", "/gates"),
        ("conflicts", "/conflicts"),
        ("causes/gum-fire", "/causes/0"),
        ("lost", "/lost"),
    ],
)
def test_places_that_the_core_names_by_ids_become_pointers(where: str, pointer: str) -> None:
    assert get_pointer(make_content(), where) == pointer
