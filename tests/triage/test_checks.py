"""Every reason not to publish a protocol, or a page that one answers for."""

from datetime import date
from typing import Any

import pytest

from calfcms.publishing.kinds import Content, SourceEdition
from calfcms.publishing.models import Edition
from calfcms.publishing.problem import Problem, Refused
from tests.triage.conftest import Press
from tests.triage.examples import (
    CASES as EXAMPLE_CASES,
)
from tests.triage.examples import (
    DRAFT,
    PAGE,
    add_part,
    add_rule,
    change_part,
    drop_part,
    make_case_set,
    make_content,
    make_page,
)
from triage.checks import list_condition_problems, list_problems

TODAY = date(2026, 12, 1)


class Shelf:
    """A library with these contents."""

    def __init__(self, *contents: Content) -> None:
        self.contents = contents

    def get_content(self, *, kind: str, slug: str, locale: str) -> Content | None:
        """The content at that address."""
        found = [
            content
            for content in self.list_contents(kind=kind)
            if (content["slug"], content["locale"]) == (slug, locale)
        ]
        return found[0] if found else None

    def list_translations(self, *, kind: str, slug: str) -> list[Content]:
        """What is there under that slug in any locale."""
        return [c for c in self.list_contents(kind=kind) if c["slug"] == slug]

    def get_source(self, *, kind: str, slug: str, locale: str, number: int) -> SourceEdition | None:
        """The content at that address, as its one edition."""
        content = self.get_content(kind=kind, slug=slug, locale=locale)
        if content is None or number != 1:
            return None
        return SourceEdition(content, is_withdrawn=False, is_recalled=False)

    def list_contents(self, *, kind: str) -> list[Content]:
        """All contents of that kind."""
        return [content for content in self.contents if content["kind"] == kind]


def page(**changes: Any) -> Content:
    return {"kind": "condition", **make_page(**changes).model_dump(mode="json")}


def check(**changes: Any) -> list[tuple[str, str]]:
    """The codes and pointers of what is wrong with the protocol, its page being published."""
    return locate(list_problems(make_content(**changes), Shelf(page()), today=TODAY))


def check_page(*protocols: Content, **changes: Any) -> list[tuple[str, str]]:
    """The codes and pointers of what protocols have against the page."""
    shelf = Shelf(*(protocols or (make_content(),)))
    return locate(list_condition_problems(page(**changes), shelf))


def locate(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in problems]


def make_flag(name: str, urgency: str) -> dict[str, Any]:
    return {"id": name, "sign": name, "urgency": urgency, "action": "Go."}


def test_a_whole_protocol_has_no_problems() -> None:
    assert check() == []


RULE = DRAFT["rules"][0]
VIEW = RULE["disagreement"]["views"][1]
ITEM = DRAFT["scores"][0]["items"][0]
REVIEW_BEFORE = {"effective_from": "2026-11-20", "review_due": "2026-11-19"}
REVIEW_OVER = {"effective_from": "2026-11-20", "review_due": "2026-11-30"}
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("expression_invalid", "/rules/0/when", change_part("rules", "smoke_seen", when="and")),
    ("unknown_finding", "/gates", {"gates": ["smoke", "glow", "fever", "lost"]}),
    ("disposition_missing", "/dispositions", drop_part("dispositions", "routine")),
    ("generic_region_missing", "/regions", drop_part("regions", "generic")),
    ("gate_missing", "/gates", {"gates": []}),
    (
        "unused_finding",
        "/findings/8",
        add_part("findings", **(DRAFT["findings"][0] | {"id": "idle"})),
    ),
    ("rule_without_reference", "/rules/0", change_part("rules", "smoke_seen", references=[])),
    ("duplicate_rule", "/rules/6", add_rule("twice", "emergency", "smoke")),
    (
        "true_when_nothing_is_known",
        "/rules/6",
        add_rule("always", "urgent", "hum_score >= 0"),
    ),
    ("unreachable_rule", "/rules/6", add_rule("never", "urgent", "hum and not hum")),
    ("red_flag_negated", "/rules/6", add_rule("cold", "urgent", "hum and not fever")),
    ("red_flag_in_self_care", "/rules/6", add_rule("home", "self_care", "hum and fever")),
    ("group_too_small", "/rules/6", add_rule("few", "urgent", "at_least(3, hum, sweets)")),
    ("empty_group", "/rules/6", add_rule("none", "urgent", "hum or at_least(1)")),
    (
        "group_too_small",
        "/scores/0/items/1",
        change_part(
            "scores",
            "hum_score",
            items=[
                *(ITEM, ITEM | {"id": "two", "when": "at_least(2, hum)"}),
                *DRAFT["scores"][0]["items"][1:],
            ],
        ),
    ),
    (
        "red_flag_finding_without_rule",
        "/findings/8",
        {
            **add_part("findings", **(DRAFT["findings"][1] | {"id": "spark"})),
            "gates": ["smoke", "glow", "fever", "spark"],
        },
    ),
    (
        "reference_missing",
        "/rules/1/references/1",
        change_part("rules", "glow_or_fever", references=["ito-2019", "lost"]),
    ),
    (
        "reference_missing",
        "/scores/0/references/0",
        change_part("scores", "hum_score", references=["lost"]),
    ),
    (
        "reference_missing",
        "/scores/0/performance/0/reference",
        change_part("scores", "hum_score", performance=[{"says": "All.", "reference": "lost"}]),
    ),
    (
        "reference_missing",
        "/rules/0/disagreement/views/1/references/0",
        change_part(
            "rules",
            "smoke_seen",
            disagreement={"views": [VIEW, VIEW | {"references": ["lost"]}], "choice": "Go."},
        ),
    ),
    (
        "shadowed_rule",
        "/rules/6",
        add_rule("more", "emergency", "smoke and hum", suspects=["gum fire"]),
    ),
    ("score_not_complete", "/rules/6", add_rule("low", "urgent", "hum and hum_score < 1")),
    (
        "disagreement_without_views",
        "/rules/0",
        change_part(
            "rules", "smoke_seen", disagreement={"views": [VIEW], "choice": "We do not wait."}
        ),
    ),
    ("review_due_too_early", "/rules/3", change_part("rules", "small_child", **REVIEW_BEFORE)),
    ("repeat_contact_without_rule", "/repeat_contact", {"repeat_contact": "all_teeth"}),
    (
        "description_not_published",
        "/causes/1/described_at",
        change_part("causes", "sweet-hum", described_at="gum-fire/smoke"),
    ),
    (
        "description_not_published",
        "/causes/1/described_at",
        change_part("causes", "sweet-hum", described_at="tooth-hum/lost"),
    ),
    (
        "condition_not_published",
        "/conditions/1",
        {"conditions": ["tooth-hum", "gum-fire"]},
    ),
    (
        "red_flag_unknown",
        "/rules/3/red_flags/1",
        change_part("rules", "small_child", red_flags=["tooth-hum/smoke", "tooth-hum/lost"]),
    ),
    ("red_flag_without_rule", "/rules", change_part("rules", "one_tooth_hums", red_flags=[])),
    (
        "link_to_unpublished_condition",
        "/causes/1/condition",
        change_part("causes", "sweet-hum", condition="sweet-hum"),
    ),
    (
        "link_to_unpublished_condition",
        "/summary",
        {"summary": "See [fire](condition:gum-fire)."},
    ),
    ("no_review_interval", "/review_interval_months", {"review_interval_months": None}),
    (
        "review_interval_too_long",
        "/review_interval_months",
        {"risk_class": "high", "review_interval_months": 13},
    ),
    ("summary_missing", "/summary", {"summary": ""}),
    ("disclaimer_missing", "/disclaimer", {"disclaimer": ""}),
]


@pytest.mark.parametrize(("code", "pointer", "changes"), CASES)
def test_it_refuses(code: str, pointer: str, changes: dict[str, Any]) -> None:
    assert (code, pointer) in check(**changes)


def test_it_refuses_a_rule_whose_review_is_over_but_for_a_demonstration() -> None:
    content = make_content(**change_part("rules", "small_child", **REVIEW_OVER))
    publisher = content["publisher"] | {"is_demonstration": False}

    real = list_problems(content | {"publisher": publisher}, Shelf(page()), today=TODAY)
    shown = list_problems(content, Shelf(page()), today=TODAY)

    assert locate(real) == [("review_overdue", "/rules/3/review_due")]
    assert shown == []


@pytest.mark.parametrize(("code", "pointer", "changes"), CASES)
def test_each_problem_says_what_is_wrong_and_what_to_do(
    code: str, pointer: str, changes: dict[str, Any]
) -> None:
    for problem in list_problems(make_content(**changes), Shelf(page()), today=TODAY):
        assert problem.message.endswith((".", "?"))
        assert problem.hint.endswith((".", "?"))


def test_it_finds_everything_at_once() -> None:
    found = check(
        summary="",
        disclaimer="",
        review_interval_months=None,
        conditions=["tooth-hum", "gum-fire"],
        **add_rule("never", "urgent", "hum and not hum", references=["lost"]),
    )

    assert [code for code, _ in found] == [
        "unreachable_rule",
        "reference_missing",
        "condition_not_published",
        "no_review_interval",
        "summary_missing",
        "disclaimer_missing",
    ]


def test_a_rule_may_be_more_urgent_than_its_red_flag_but_not_less() -> None:
    flags = ["tooth-hum/smoke", "tooth-hum/one-tooth"]

    above = check(**change_part("rules", "smoke_seen", red_flags=flags))
    below = check(**change_part("rules", "smoke_seen", urgency="urgent"))

    assert above == []
    assert below == [("red_flag_without_rule", "/rules")]


def test_one_of_several_rules_for_a_red_flag_is_enough() -> None:
    assert check(**add_rule("more", "urgent", "glow", red_flags=["tooth-hum/smoke"])) == []


def test_a_page_in_another_locale_does_not_count() -> None:
    problems = list_problems(make_content(), Shelf(page(locale="hi")), today=TODAY)

    assert locate(problems)[0] == ("condition_not_published", "/conditions/0")


def test_a_page_that_agrees_with_its_protocol_has_no_problems() -> None:
    assert check_page() == []


def test_a_page_is_refused_a_red_flag_without_rule() -> None:
    flags = [*PAGE["red_flags"], make_flag("sparks", "urgent")]

    assert check_page(red_flags=flags) == [("red_flag_without_rule", "/red_flags/3")]


def test_a_page_is_refused_a_red_flag_that_its_rule_takes_less_seriously() -> None:
    flags = [*PAGE["red_flags"][:2], PAGE["red_flags"][2] | {"urgency": "urgent"}]

    assert check_page(red_flags=flags) == [("red_flag_without_rule", "/red_flags/2")]


def test_a_page_may_take_a_red_flag_less_seriously_than_its_rule() -> None:
    flags = [PAGE["red_flags"][0] | {"urgency": "routine"}, *PAGE["red_flags"][1:]]

    assert check_page(red_flags=flags) == []


def test_a_page_cannot_drop_a_red_flag_that_a_rule_answers_for() -> None:
    assert check_page(red_flags=PAGE["red_flags"][1:]) == [
        ("red_flag_still_answered", "/red_flags")
    ]


def test_a_page_cannot_drop_the_part_where_a_protocol_describes_a_cause() -> None:
    section = {"id": "sweets", "aspect": "causes", "headline": "Sweets", "body": "They sing."}
    protocol = make_content(**change_part("causes", "sweet-hum", described_at="tooth-hum/sweets"))

    kept = check_page(protocol, sections=[section])
    dropped = check_page(protocol, sections=[section | {"id": "sugar"}])

    assert kept == []
    assert dropped == [("part_still_named", "")]


def test_a_rule_is_due_for_review_on_its_day_and_overdue_after_it() -> None:
    today = {"effective_from": "2026-11-20", "review_due": TODAY.isoformat()}

    assert check(**change_part("rules", "small_child", **today)) == []


def test_a_shadowed_rule_with_evidence_of_its_own_may_explain() -> None:
    rule = add_rule("more", "emergency", "smoke and hum", suspects=["jaw fire"])

    assert check(**rule) == []


@pytest.mark.parametrize("changes", [{"conditions": ["gum-fire"]}, {"locale": "hi"}])
def test_protocols_that_do_not_answer_for_a_page_leave_it_alone(changes: dict[str, Any]) -> None:
    protocol = {**make_content(), **changes}

    assert check_page(protocol, red_flags=[make_flag("sparks", "emergency")]) == []


TRANSLATION = {"locale": "hi", "translation_of": {"locale": "en", "edition": 1}}


def test_the_protocol_of_what_it_translates_has_a_say_in_a_translation() -> None:
    assert check_page(**TRANSLATION) == []
    assert check_page(**TRANSLATION, red_flags=PAGE["red_flags"][1:]) == [
        ("red_flag_still_answered", "/red_flags")
    ]
    assert check_page(**TRANSLATION, red_flags=[*PAGE["red_flags"], make_flag("sparks", "urgent")])


def test_the_protocol_in_its_own_language_has_one_too() -> None:
    protocols = [make_content(), {**make_content(), "locale": "hi"}]

    found = check_page(*protocols, **TRANSLATION, red_flags=PAGE["red_flags"][1:])

    assert found == [("red_flag_still_answered", "/red_flags")] * 2


def test_every_protocol_that_answers_for_a_page_has_a_say() -> None:
    protocols = [make_content(), make_content(slug="teeth"), make_content(slug="gums")]

    found = check_page(*protocols, red_flags=[*PAGE["red_flags"], make_flag("sparks", "urgent")])

    assert found == [("red_flag_without_rule", "/red_flags/3")] * 3


def list_refusals(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_page_and_protocol_go_live_together(press: Press) -> None:
    press.publish_both()

    assert set(Edition.objects.values_list("document__kind", "number")) == {
        ("condition", 1),
        ("protocol", 1),
    }


def test_a_protocol_is_not_published_before_its_page(press: Press) -> None:
    press.save_page()

    with pytest.raises(Refused) as refused:
        press.publish_protocol()

    assert list_refusals(refused) == {
        "condition_not_published",
        "description_not_published",
        "link_to_unpublished_condition",
    }
    assert not Edition.objects.exists()


def test_a_protocol_is_published_after_its_page(press: Press) -> None:
    press.publish_page()

    assert press.publish_protocol().number == 1


def test_a_protocol_without_a_review_interval_is_refused_not_broken(press: Press) -> None:
    press.publish_page()

    with pytest.raises(Refused) as refused:
        press.publish_protocol(review_interval_months=None)

    assert list_refusals(refused) == {"no_review_interval"}


def test_a_live_page_gets_a_new_red_flag_only_together_with_its_rule(
    press: Press, published: Edition
) -> None:
    flags = [*PAGE["red_flags"], make_flag("sore", "routine")]
    rule = add_rule("jaw", "routine", "sore_jaw", red_flags=["tooth-hum/sore"])

    with pytest.raises(Refused) as page_alone:
        press.publish_page(red_flags=flags)
    with pytest.raises(Refused) as protocol_alone:
        press.publish_protocol(**rule)
    together = press.publish(press.save_page(red_flags=flags), press.save_protocol(**rule))

    assert list_refusals(page_alone) == {"red_flag_without_rule"}
    assert list_refusals(protocol_alone) == {"red_flag_unknown"}
    assert {edition.number for edition in together} == {2}


def test_a_live_page_loses_a_red_flag_only_together_with_its_rule(
    press: Press, published: Edition
) -> None:
    flags = PAGE["red_flags"][:2]
    rules = {
        **change_part("rules", "one_tooth_hums", red_flags=[]),
        **change_part("causes", "sweet-hum", described_at=None),
    }

    with pytest.raises(Refused) as page_alone:
        press.publish_page(red_flags=flags)
    with pytest.raises(Refused) as protocol_alone:
        press.publish_protocol(**rules)
    together = press.publish(press.save_page(red_flags=flags), press.save_protocol(**rules))

    assert list_refusals(page_alone) == {"red_flag_still_answered", "part_still_named"}
    assert list_refusals(protocol_alone) == {"red_flag_without_rule"}
    assert {edition.number for edition in together} == {2}


def test_a_withdrawn_protocol_has_no_say(press: Press, published: Edition) -> None:
    press.withdraw()

    assert press.publish_page(red_flags=PAGE["red_flags"][:1]).number == 2


def test_it_refuses_what_it_cannot_prove_and_says_why() -> None:
    protocol = make_content(**change_part("rules", 0, when="smoke and not sweets"))

    problems = list_problems(protocol, Shelf(page()), today=TODAY)

    assert [problem.code for problem in problems] == ["proof_red_flag_not_reached"]
    assert "The least that does: present:" in problems[0].message


def test_what_a_second_clinician_may_answer_for_is_proved_all_the_same() -> None:
    case = EXAMPLE_CASES["ember"] | {"findings": {"glow": "present", "sore_jaw": "present"}}
    sets = make_case_set(case, must_pass=False)
    [smoke, glow, *others] = DRAFT["rules"]
    rules = [smoke | {"when": "smoke and not sweets"}, glow | {"when": "glow and fever"}, *others]

    problems = list_problems(
        make_content(**sets, rules=rules),
        Shelf(page()),
        today=TODAY,
        get_live=lambda: make_content(**sets),
    )

    assert [problem.code for problem in problems] == [
        "case_newly_under_triaged",
        "proof_red_flag_not_reached",
    ]
