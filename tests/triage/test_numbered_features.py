"""What no other symptom checker was found to do, one test for each, by the numbers of the list that
the evidence for the first protocol came with. All but N16, which other ways in than this API need.
"""

import copy
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Edition
from calfcms.urgency import Urgency
from conditions.readability import measure
from tests.triage.case_files import Case, list_cases, read_definition, read_protocol
from triage.case_changes import list_changed_answers
from triage.case_checks import list_case_problems
from triage.compilation import compile_definition
from triage.core.evaluate import evaluate
from triage.core.facts import Facts, Presence, Sex
from triage.core.shortcut import decide_urgency
from triage.coverage import cover
from triage.overdue import list_overdue
from triage.repeat_contact import add_repeat_contact, compare_contacts
from triage.scorecard import describe_scorecard

PROTOCOL = read_protocol("calf-pain")
DEFINITION = read_definition("calf-pain")
CASES = list_cases()
PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN
EVALUATE = "/api/v1/triage/protocols/tooth-hum/evaluate"


def change(facts: Facts, **findings: Presence) -> Facts:
    """The facts with some findings answered otherwise."""
    return Facts({**facts.findings, **findings}, facts.age_years, facts.age_months, facts.sex)


def ask(client: Client, **body: Any) -> Any:
    return client.post(EVALUATE, body, content_type="application/json")


def weaken(rule_id: str, urgency: str) -> dict[str, Any]:
    """The protocol with one rule that asks for less."""
    changed = copy.deepcopy(dict(DEFINITION))
    for rule in changed["rules"]:
        if rule["id"] == rule_id:
            rule["urgency"] = urgency
    return changed


@pytest.mark.parametrize("gate", PROTOCOL.gates)
def test_n01_self_care_is_never_given_while_a_gate_is_unknown(gate: str) -> None:
    at_home = [case for case in CASES if decide_urgency(PROTOCOL, case.facts) is Urgency.SELF_CARE]

    answers = [evaluate(PROTOCOL, change(case.facts, **{gate: UNKNOWN})) for case in at_home]

    assert answers
    for answer in answers:
        assert answer.disposition.urgency is Urgency.ROUTINE
        assert answer.withheld[0].because == (gate,)


def test_n02_the_answer_says_where_it_could_still_go() -> None:
    answer = evaluate(PROTOCOL, Facts())

    assert (answer.range.best_case, answer.range.worst_case) == (
        Urgency.SELF_CARE,
        Urgency.EMERGENCY,
    )
    assert {entry.rule.urgency for entry in answer.not_excluded} >= {Urgency.EMERGENCY}


def test_n03_the_next_question_is_the_one_that_can_move_the_answer_furthest() -> None:
    first = evaluate(PROTOCOL, Facts()).next_questions[0]

    assert first.finding.red_flag
    assert first.could_change_to is Urgency.EMERGENCY
    assert decide_urgency(PROTOCOL, Facts({first.finding.id: PRESENT})) is Urgency.EMERGENCY


def test_n04_a_rule_that_nearly_fired_names_the_one_missing_fact() -> None:
    facts = Facts({"foot_cold": ABSENT, "foot_pale_blue": ABSENT, "pain_calf": PRESENT})

    misses = evaluate(PROTOCOL, facts).near_misses

    assert misses
    for miss in misses:
        flipped = PRESENT if miss.value is ABSENT else ABSENT
        again = evaluate(PROTOCOL, change(facts, **{miss.finding: flipped}))
        assert miss.rule.id in {match.rule.id for match in again.matched}


def test_n05_every_answer_names_its_edition_and_is_replayed_byte_for_byte(
    client: Client, published: Edition
) -> None:
    response = ask(client, findings={"smoke": "present"})

    answer = response.json()
    receipt = {"receipt": answer["receipt"]}
    again = client.post("/api/v1/triage/replay", receipt, content_type="application/json")
    assert answer["protocol"]["digest"] == published.digest
    assert answer["content"][0]["edition"] == 1
    assert again.content == response.content


def test_n06_a_change_lists_every_case_that_moves_and_new_under_triage_blocks_it() -> None:
    changed = weaken("one_leg_swollen", "routine")

    moved = list_changed_answers(DEFINITION, changed)
    problems = list_case_problems(
        changed, compile_definition(changed), get_live=lambda: dict(DEFINITION)
    )

    assert any(answer.is_newly_under_triaged for answer in moved)
    assert list(problems)


def test_n07_a_repeated_contact_counts() -> None:
    before = Facts({"worsening": ABSENT, "pain_calf": PRESENT}, age_years=28)
    now = change(before, worsening=PRESENT)

    contact = compare_contacts(PROTOCOL, before, now)

    assert contact is not None
    assert contact.because == ("worsening",)
    answer = evaluate(PROTOCOL, add_repeat_contact(now, contact))
    assert "back_again_and_worse" in {match.rule.id for match in answer.matched}


@pytest.mark.parametrize(
    ("facts", "findings", "read_as"),
    [
        (Facts({"one_leg": PRESENT, "both_legs": PRESENT}), ("one_leg", "both_legs"), "one_leg"),
        (Facts({"pregnant": PRESENT}, sex=Sex.MALE), ("pregnant", "sex"), "pregnant"),
        (
            Facts({"cramp_brief": PRESENT, "pain_at_rest": PRESENT}),
            ("pain_at_rest", "cramp_brief"),
            "pain_at_rest",
        ),
    ],
)
def test_n08_answers_that_contradict_each_other_are_said_and_read_in_the_safer_way(
    facts: Facts, findings: tuple[str, ...], read_as: str
) -> None:
    conflicts = evaluate(PROTOCOL, facts).conflicts

    assert (findings, read_as) in {(one.findings, one.read_as) for one in conflicts}


@pytest.mark.parametrize("case", CASES[::8], ids=str)
def test_n09_a_red_flag_more_never_lowers_the_answer_and_a_no_never_raises_it(case: Case) -> None:
    urgency = decide_urgency(PROTOCOL, case.facts)

    for finding in PROTOCOL.findings:
        if not finding.red_flag or case.facts.findings.get(finding.id, UNKNOWN) is PRESENT:
            continue
        with_it = decide_urgency(PROTOCOL, change(case.facts, **{finding.id: PRESENT}))
        without = decide_urgency(PROTOCOL, change(case.facts, **{finding.id: ABSENT}))
        assert with_it.rank >= urgency.rank >= without.rank, finding.id


def test_n10_the_scorecard_names_its_sets_by_their_content() -> None:
    edition = {"slug": "calf-pain", "locale": "en", "edition": 1, "digest": "sha256:0"}
    changed = copy.deepcopy(dict(DEFINITION))
    changed["case_sets"][0]["cases"][0]["story"] = "Another story."

    before, after = (describe_scorecard(edition, one) for one in (DEFINITION, changed))

    hashes = [[one["digest"] for one in card["sets"]] for card in (before, after)]
    assert [a == b for a, b in zip(*hashes, strict=True)].count(False) == 1


def test_n11_every_rule_knows_the_cases_that_exercise_it() -> None:
    coverage = cover(PROTOCOL, DEFINITION)

    assert {one.rule.id for one in coverage.rules} == {rule.id for rule in PROTOCOL.rules}
    assert coverage.dead_rules == []


def test_n12_a_score_is_shown_as_far_as_it_is_known_and_can_rule_nothing_out() -> None:
    facts = Facts({"active_cancer": PRESENT, "calf_3cm_bigger": ABSENT})

    wells = next(one for one in evaluate(PROTOCOL, facts).scores if one.score.id == "wells_dvt")

    assert (wells.known, wells.of, wells.low, wells.high) == (2, 10, -1, 8)
    assert "Cannot rule out" in wells.score.note


def test_n13_questions_fit_every_skin_and_can_be_read_by_most() -> None:
    red = PROTOCOL.get_finding("skin_red")

    assert "brown" in f"{red.question} {red.help}"
    for finding in PROTOCOL.findings:
        grade = measure(f"{finding.question} {finding.help} {finding.why}", "en").grade
        assert (grade or 0) < 9, finding.id


def test_n14_where_guidelines_disagree_the_answer_shows_both_views_and_the_choice(
    client: Client, published: Edition
) -> None:
    match = ask(client, findings={"smoke": "present"}).json()["matched"][0]

    assert len(match["disagreement"]["views"]) == 2
    assert match["disagreement"]["choice"]
    kept = [rule.disagreement for rule in PROTOCOL.rules if rule.disagreement]
    assert kept
    assert all(len(one.views) >= 2 for one in kept)


@pytest.mark.parametrize("case", CASES[::8], ids=str)
def test_n15_every_answer_but_an_emergency_says_what_to_watch_for(case: Case) -> None:
    answer = evaluate(PROTOCOL, case.facts)

    is_emergency = answer.disposition.urgency is Urgency.EMERGENCY
    assert bool(answer.safety_net) is not is_emergency


def test_n17_an_evaluation_writes_nothing(client: Client, published: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = ask(client, findings={"smoke": "present"}, age_years=63)

    assert response.status_code == 200
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_n18_a_rule_past_its_review_marks_answers_and_a_deployment_may_refuse_them(
    client: Client, published: Edition, settings: Any
) -> None:
    assert list_overdue(PROTOCOL, due_on=None, on=date(2031, 1, 1))
    settings.TRIAGE_WHEN_OVERDUE = "refuse"

    in_time = ask(client)
    with time_machine.travel("2031-01-01T00:00:00Z", tick=False):
        refused = ask(client)
        settings.TRIAGE_WHEN_OVERDUE = "mark"
        marked = ask(client)

    assert (in_time.status_code, in_time.json()["review_overdue"]) == (200, False)
    assert (refused.status_code, refused.json()["code"]) == (503, "review_overdue")
    assert (marked.status_code, marked.json()["review_overdue"]) == (200, True)
