"""The words of the first protocol: whom they speak to, how hard they read, what they rest on."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from calfcms.bundles.reading import read_bytes
from calfcms.publishing.bundles import parse_as
from calfcms.urgency import Urgency
from conditions.draft import ConditionDraft, list_part_ids
from conditions.readability import measure
from tests.triage.case_files import FIXTURES
from triage.definition import FindingDefinition, ProtocolDraft

ADULT_AGE = 16
HARDEST_GRADE = 8.5
MEAN_GRADE = 4.5

COLOUR = re.compile(r"\b(colou?r|red|pink|purple|blue|grey|pale|black|bruise)\b", re.IGNORECASE)
ANY_SKIN = re.compile(r"brown (?:or|and) black skin|dark skin|darker", re.IGNORECASE)
COLOUR_OF_OTHER_THINGS = {"dark_urine", "dark_urine_seen"}
"""Urine and not skin."""
COLOUR_IN_PASSING = {
    "bruise_on_blood_thinner",
    "marked_strain_or_bruise",
    "simple_bruise",
    "sore_or_broken_skin",
}
"""Reasons that name a change of skin which its own question has told how to see on any skin."""


@cache
def read_draft(model: Any, path: Path) -> Any:
    return parse_as(model, read_bytes(path.read_bytes(), source=path.name))


def read_protocol() -> ProtocolDraft:
    draft: ProtocolDraft = read_draft(ProtocolDraft, FIXTURES / "calf-pain.yaml")
    return draft


def read_pages() -> dict[str, ConditionDraft]:
    paths = (FIXTURES.parent / "conditions").glob("*.en.yaml")
    return {page.slug: page for page in (read_draft(ConditionDraft, path) for path in paths)}


def list_texts(finding: FindingDefinition) -> Iterator[tuple[str, str]]:
    """What one speaker reads about a finding, with a name for it."""
    yield f"{finding.id} (self)", f"{finding.question} {finding.help} {finding.why}"
    for wording in finding.wordings:
        yield (
            f"{finding.id} ({wording.speaker})",
            f"{wording.question} {wording.help} {finding.why}",
        )


def measure_grades() -> dict[str, float]:
    """The grade of all that is read at once. A question alone is too short to have one."""
    protocol = read_protocol()
    texts = [pair for finding in protocol.findings for pair in list_texts(finding)]
    texts += [(rule.id, rule.reason) for rule in protocol.rules]
    texts += [(level.urgency, level.advice) for level in protocol.dispositions]
    grades = {name: measure(text, "en").grade for name, text in texts}
    return {name: grade for name, grade in grades.items() if grade is not None}


def may_be_child(finding: FindingDefinition) -> bool:
    low = finding.applies.min_age_years if finding.applies else None
    return (low or 0) < ADULT_AGE


def may_be_adult(finding: FindingDefinition) -> bool:
    high = finding.applies.max_age_years if finding.applies else None
    return high is None or high >= ADULT_AGE


def test_every_finding_is_worded_for_all_who_can_answer_for_somebody_it_applies_to() -> None:
    expected = {
        finding.id: {
            *({"carer"} if may_be_adult(finding) else ()),
            *({"child"} if may_be_child(finding) else ()),
        }
        for finding in read_protocol().findings
    }

    worded = {
        finding.id: {wording.speaker for wording in finding.wordings}
        for finding in read_protocol().findings
    }

    assert worded == expected


def test_every_wording_has_its_help_and_speaks_of_another_person() -> None:
    wordings = [
        (finding, wording) for finding in read_protocol().findings for wording in finding.wordings
    ]

    assert [finding.id for finding, wording in wordings if not wording.help] == []
    assert [f.id for f, w in wordings if re.search(r"\b(my|I)\b", f"{w.question} {w.help}")] == []
    assert [f.id for f, w in wordings if re.search(r"\byour (?!child)", w.question)] == []


def test_no_text_is_harder_than_grade_eight_and_most_are_as_easy_as_grade_four() -> None:
    grades = measure_grades()

    assert {name: grade for name, grade in grades.items() if grade > HARDEST_GRADE} == {}
    assert mean(grades.values()) <= MEAN_GRADE
    assert len(grades) >= 400


def test_every_question_about_colour_says_what_to_look_for_on_any_skin() -> None:
    blind = {
        name
        for finding in read_protocol().findings
        if COLOUR.search(finding.question)
        for name, text in list_texts(finding)
        if not ANY_SKIN.search(text)
    }

    assert {name for name in blind if name.split()[0] not in COLOUR_OF_OTHER_THINGS} == set()


def test_every_reason_that_rests_on_colour_says_what_to_look_for_on_any_skin() -> None:
    blind = {
        rule.id
        for rule in read_protocol().rules
        if COLOUR.search(rule.reason) and not ANY_SKIN.search(rule.reason)
    }

    assert blind - COLOUR_OF_OTHER_THINGS == COLOUR_IN_PASSING


def test_every_cause_tells_where_to_read_on_and_that_part_is_there() -> None:
    parts = {
        f"{page.slug}/{part}" for page in read_pages().values() for part in list_part_ids(page)
    }

    lost = {cause.id for cause in read_protocol().causes if cause.described_at not in parts}

    assert lost == set()


def test_every_cause_on_the_page_is_a_cause_of_the_protocol() -> None:
    page = read_pages()["calf-pain"]
    told = {cause.described_at for cause in read_protocol().causes}

    assert {cause.id for cause in page.causes if f"calf-pain/{cause.id}" not in told} == set()


def test_every_disagreement_has_two_views_that_each_rest_on_a_source() -> None:
    registers = {rule.id: rule.disagreement for rule in read_protocol().rules if rule.disagreement}

    assert len(registers) == 18
    assert [name for name, register in registers.items() if len(register.views) < 2] == []
    assert [n for n, r in registers.items() if not all(view.references for view in r.views)] == []


def test_a_score_shows_all_its_items_and_what_is_published_of_it() -> None:
    scores = {score.id: score for score in read_protocol().scores}

    hidden = {name: [i.id for i in s.items if i.when is None] for name, s in scores.items()}

    assert len(scores["wells_dvt"].items) == 10
    assert hidden == {
        "wells_dvt": ["other_diagnosis"],
        "dutch_primary_care_dvt": ["d_dimer"],
        "constans_dvt": ["other_diagnosis"],
        "left_pregnancy": ["left_leg", "first_trimester"],
        "edinburgh_claudication": [],
    }
    assert [name for name, s in scores.items() if not s.cut_offs or not s.performance] == []


def test_rules_that_cannot_wait_are_looked_at_again_every_year() -> None:
    months = {Urgency.EMERGENCY: 12, Urgency.URGENT: 12, Urgency.ROUTINE: 24, Urgency.SELF_CARE: 24}

    wrong = {
        rule.id
        for rule in read_protocol().rules
        if rule.review_due is None
        or _count_months(rule.effective_from, rule.review_due) != months[rule.urgency]
    }

    assert wrong == set()


def _count_months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
