"""What a protocol's draft refuses, and the one form that it brings expressions to."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.triage.examples import DRAFT, add_part, change_part, make_draft
from triage.core.expressions.nodes import RESERVED_WORDS
from triage.definition import ProtocolDraft, list_reference_keys

MINIMAL = {"slug": "a", "locale": "en", "title": "A", "publisher": "p"}


def list_faults(**changes: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        make_draft(**changes)
    return str(refusal.value)


def test_it_takes_a_whole_protocol() -> None:
    draft = make_draft()

    assert [finding.id for finding in draft.findings if finding.red_flag] == [
        "smoke",
        "glow",
        "fever",
    ]
    assert draft.rules[0].effective_from.isoformat() == "2026-11-20"


def test_an_unfinished_protocol_needs_only_its_names_and_its_publisher() -> None:
    draft = ProtocolDraft.model_validate(MINIMAL)

    assert draft.rules == ()
    assert (draft.risk_class, draft.review_interval_months) == (None, None)
    assert draft.case_sets == ()


def test_it_comes_back_the_same_from_its_json() -> None:
    draft = make_draft()

    assert ProtocolDraft.model_validate(draft.model_dump(mode="json")) == draft
    assert ProtocolDraft.model_validate_json(draft.model_dump_json()) == draft


def test_it_cannot_be_changed() -> None:
    draft = make_draft()

    with pytest.raises(ValidationError, match="frozen"):
        draft.title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("member", MINIMAL)
def test_it_refuses_a_protocol_without(member: str) -> None:
    values = {name: value for name, value in MINIMAL.items() if name != member}

    with pytest.raises(ValidationError, match=f"{member}\n  Field required"):
        ProtocolDraft.model_validate(values)


@pytest.mark.parametrize("member", ["id", "urgency", "title", "when", "reason", "effective_from"])
def test_it_refuses_a_rule_without(member: str) -> None:
    rule = {name: value for name, value in DRAFT["rules"][0].items() if name != member}

    assert f"rules.0.{member}\n  Field required" in list_faults(rules=[rule])


@pytest.mark.parametrize(
    ("member", "place", "changes", "says"),
    [
        ("findings", "hum", {"lable": "x"}, "Extra inputs are not permitted"),
        ("findings", "hum", {"kind": "omen"}, "'symptom', 'sign', 'context' or 'risk'"),
        ("findings", "hum", {"red_flag": "yes"}, "valid boolean"),
        ("findings", "hum", {"phrase": ""}, "must not be empty"),
        ("findings", "hum", {"synonyms": ["a", "a"]}, "once only"),
        (
            "findings",
            "hum",
            {"codes": [{"system": "s", "code": "c", "relation": "near"}]},
            "'exact', 'close', 'parent' or 'related'",
        ),
        ("rules", "smoke_seen", {"urgency": "soon"}, "'self_care', 'routine', 'urgent'"),
        ("rules", "smoke_seen", {"effective_from": 0}, "must be a date such as 2026-11-22"),
        ("rules", "smoke_seen", {"effective_from": "2026-02-30"}, "valid date"),
        ("rules", "smoke_seen", {"when": " \n "}, "must not be empty"),
        ("rules", "smoke_seen", {"when": "smoke\0"}, "U+0000"),
        ("rules", "smoke_seen", {"red_flags": ["smoke"]}, "write page/part"),
        ("rules", "smoke_seen", {"red_flags": ["-/-"]}, "write page/part"),
        ("rules", "smoke_seen", {"red_flags": [f"a/{'b' * 160}"]}, "write page/part"),
        ("rules", "smoke_seen", {"references": ["Ito 2019"]}, "should match pattern"),
        ("regions", "GB", {"code": "gb"}, "should match pattern"),
        ("regions", "GB", {"code": "GBR"}, "should match pattern"),
        ("scores", "hum_score", {"items": []}, "at least 1 item"),
        ("conflicts", 0, {"findings": ["hum"]}, "at least 2 items"),
        ("conflicts", 0, {"findings": ["hum", "glow", "fever"]}, "at most 2 items"),
        ("conflicts", 0, {"findings": ["hum", "hum"], "read_as": "hum"}, "contradict itself"),
        ("conflicts", 0, {"read_as": "hum"}, "one of the two findings"),
    ],
)
def test_it_refuses_a_part_with(
    member: str, place: int | str, changes: dict[str, Any], says: str
) -> None:
    assert says in list_faults(**change_part(member, place, **changes))


@pytest.mark.parametrize("name", ["", "Hum", "1hum", "hum-loud", "_hum", "hum\n", "h" * 81])
def test_it_refuses_the_id(name: str) -> None:
    assert "findings.0.id\n" in list_faults(**change_part("findings", "hum", id=name))


@pytest.mark.parametrize("word", sorted(RESERVED_WORDS))
def test_it_refuses_a_word_of_the_expression_language_as_an_id(word: str) -> None:
    faults = list_faults(**change_part("findings", "hum", id=word))

    assert f"'{word}' is a word of the expression language" in faults


@pytest.mark.parametrize(("points", "says"), [(0, "must not be 0"), (101, "100"), ("1", "integer")])
def test_it_refuses_points_that_count_nothing_or_too_much(points: object, says: str) -> None:
    item = DRAFT["scores"][0]["items"][0] | {"points": points}

    assert says in list_faults(**change_part("scores", "hum_score", items=[item]))


@pytest.mark.parametrize(
    ("changes", "what", "name"),
    [
        (add_part("findings", **DRAFT["findings"][0]), "findings and scores", "hum"),
        (change_part("scores", "hum_score", id="hum"), "findings and scores", "hum"),
        (add_part("rules", **DRAFT["rules"][0]), "rules", "smoke_seen"),
        (add_part("causes", **DRAFT["causes"][0]), "causes", "gum-fire"),
        (add_part("dispositions", **DRAFT["dispositions"][0]), "dispositions", "emergency"),
        (add_part("regions", **DRAFT["regions"][0]), "regions", "generic"),
        (
            change_part("scores", "hum_score", items=[DRAFT["scores"][0]["items"][0]] * 2),
            "items",
            "jaw",
        ),
        (
            change_part("regions", "GB", calls=[{"urgency": "urgent", "call": "1"}] * 2),
            "calls",
            "urgent",
        ),
    ],
)
def test_it_refuses_an_id_that_is_used_twice(changes: dict[str, Any], what: str, name: str) -> None:
    assert f"the ids of {what} must be unique; used twice: {name}" in list_faults(**changes)


@pytest.mark.parametrize("months", [0, 61, 1.5, "12"])
def test_it_refuses_the_review_interval(months: object) -> None:
    assert "review_interval_months\n" in list_faults(review_interval_months=months)


@pytest.mark.parametrize("risk_class", ["low", "", "High", 1])
def test_it_refuses_a_risk_class_that_there_is_not(risk_class: object) -> None:
    assert "risk_class\n" in list_faults(risk_class=risk_class)


def test_an_expression_keeps_its_lines_and_loses_stray_spaces() -> None:
    draft = make_draft(**change_part("rules", "smoke_seen", when="  smoke \r\n  or glow\n"))

    assert draft.rules[0].when == "smoke\n  or glow"


def test_a_wrong_expression_may_be_saved_until_it_is_published() -> None:
    draft = make_draft(**change_part("rules", "smoke_seen", when="smoke an glow"))

    assert draft.rules[0].when == "smoke an glow"


def test_it_lists_the_references_of_rules_and_scores_each_once() -> None:
    assert list_reference_keys(make_draft()) == ["ito-2019", "tooth-board"]
    assert list_reference_keys(make_draft(rules=[])) == ["tooth-board"]
