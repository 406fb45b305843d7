# ruff: noqa: E501 - each text stands on one line, as it is told
"""What editors are told about a protocol with many faults, word for word."""

from datetime import date

import pytest

from tests.triage.core.builders import (
    DISPOSITIONS,
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_findings,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.checks import list_problems
from triage.core.expressions import parse
from triage.core.parts import Disagreement, ScoreItem
from triage.core.problems import ProtocolProblem
from triage.core.protocol import PartLink, ProtocolError, Score

BARE = make_rule("bare", URGENT, "b", title="", reason="", references=(), effective_from=None)
HALF = make_rule(
    "half",
    URGENT,
    "c and d",
    review_due=date(2026, 1, 1),
    disagreement=Disagreement((), "the safer one"),
)
HIDDEN = Score(
    "hidden",
    "Hidden",
    (ScoreItem("seen", "Seen", parse("a"), 1), ScoreItem("unseen", "Unseen", None, 1)),
)
SICK = make_protocol(
    [
        BARE,
        HALF,
        make_rule("empty", EMERGENCY, "b or at_least(1)"),
        make_rule("large", EMERGENCY, "b or at_least(3, c, d)"),
        make_rule("eager", ROUTINE, "plain >= 0"),
        make_rule("never", ROUTINE, "b and not b"),
        make_rule("twin", URGENT, "d and c"),
        make_rule("narrow", URGENT, "b and c"),
        make_rule("low", ROUTINE, "e and hidden < 1"),
        make_rule("lowered", URGENT, "e and not flag"),
        make_rule("home", SELF_CARE, "flag and e"),
    ],
    make_findings(["a", "b", "c", "d", "e", "flag", "idle"], red_flags=["flag"]),
    scores=(HIDDEN, make_score("plain", {"c": 1})),
    regions=(),
    repeat_contact="a",
)


def write(problem: ProtocolProblem) -> str:
    return f"{problem.where} [{problem.code}] {problem.message}: {problem.hint}"


def test_each_fault_is_told_with_what_to_do() -> None:
    assert [write(problem) for problem in list_problems(SICK)] == [
        "findings/flag [red_flag_finding_without_rule] the red flag flag raises the urgency in no rule: add a rule, or take the mark off",
        "findings/idle [unused_finding] nothing uses idle: use it or remove it: nobody answers questions for fun",
        "gates [gate_missing] self-care can be advised and no finding must be ruled out first: list the red flags that must be answered absent before self-care",
        "regions [generic_region_missing] there is no generic region: say whom to call where the country is not known",
        "repeat_contact [repeat_contact_without_rule] an earlier contact stands for a, which raises nothing: add a rule for it, or take repeat_contact out",
        "rules/bare [rule_without_effective_date] bare has no date: say since when it holds",
        "rules/bare [rule_without_reason] bare gives no reason: say in plain words why it matters",
        "rules/bare [rule_without_reference] bare names no source: cite the guideline or study",
        "rules/bare [rule_without_title] bare has no title: name the picture it recognises, in a few words",
        "rules/eager [true_when_nothing_is_known] eager is true although nothing is known about the person: let it rest on a finding that somebody must report",
        "rules/empty [empty_group] at_least has nothing to count: write at_least(1, first_finding, second_finding)",
        "rules/half [disagreement_without_views] half says that sources disagree, and not what each of them says: give two views or more, each with its sources, or remove the disagreement",
        "rules/half [review_due_too_early] half is to be reviewed on 2026-01-01, before it holds (2026-11-22): set review_due to a day after effective_from",
        "rules/home [red_flag_in_self_care] home advises self-care because of the red flag flag: write not flag, or take the mark off the finding",
        "rules/large [group_too_small] at_least asks for 3 of only 2: lower the number or add findings",
        "rules/large [shadowed_rule] large is true only where empty is, and adds nothing to it: remove it, raise its urgency, or cite the evidence that is its own",
        "rules/low [score_not_complete] a low hidden says nothing: it has items that cannot be asked for: write hidden >= and a number, without not",
        "rules/lowered [red_flag_negated] lowered could be switched off by the red flag flag: remove `not flag`; mind minus points, < and == too, which negate without the word",
        "rules/never [unreachable_rule] never can never be true: look for parts that exclude each other",
        "rules/twin [duplicate_rule] twin says the same as half: remove one, or say what differs",
    ]


def test_each_id_that_does_not_fit_is_told_with_what_to_do() -> None:
    with pytest.raises(ProtocolError) as refusal:
        make_protocol(
            [make_rule("r", ROUTINE, "feever", red_flags=(PartLink("knee-pain", "x"),))] * 2,
            make_findings(["fever"]),
            scores=(make_score("one", {"fever": 1}), make_score("two", {"one >= 1": 1})),
            conflicts=(make_conflict("fever zz"),),
            dispositions=DISPOSITIONS[:3],
            repeat_contact="contact",
        )

    assert [write(problem) for problem in refusal.value.problems] == [
        "rules/r [duplicate_id] r is there more than once: give each its own id, or remove one",
        "dispositions/emergency [disposition_missing] there is no advice for emergency: add a disposition with headline and advice",
        "repeat_contact [unknown_finding] there is no finding 'contact': add it first, or choose one that exists",
        "conflicts [unknown_finding] there is no finding 'zz': add it first, or choose one that exists",
        "rules/r [unknown_finding] there is no finding 'feever': did you mean fever?",
        "rules/r [unknown_finding] there is no finding 'feever': did you mean fever?",
        "scores/two/item_0 [nested_score] a score can't rest on a score (one): repeat the items that count",
        "rules/r [unknown_condition] there is no condition 'knee-pain': add it first, or choose one that exists",
        "rules/r [unknown_condition] there is no condition 'knee-pain': add it first, or choose one that exists",
    ]
