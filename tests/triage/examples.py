"""A made-up protocol for a made-up complaint, whole and small, to be changed in each test."""

import copy
from typing import Any

from calfcms.publishing.kinds import Content
from conditions.draft import ConditionDraft, PublisherDraft, ReferenceDraft
from triage.content import to_content
from triage.definition import ProtocolDraft

PUBLISHER = PublisherDraft(
    slug="demo-library", name="Demo Library", url="https://library.example", is_demonstration=True
)
REFERENCES = {
    "ito-2019": ReferenceDraft.model_validate(
        {
            "key": "ito-2019",
            "csl": {
                "type": "article-journal",
                "title": "Teeth that hum",
                "author": [{"family": "Ito", "given": "Hana M"}],
                "container-title": "J Imaginary Med",
                "issued": {"date-parts": [[2019, 5]]},
                "DOI": "10.1234/jim.2019.45",
            },
            "checked_on": "2026-11-20",
            "checked_by": "Eda Editor",
        }
    ),
    "tooth-board": ReferenceDraft.model_validate(
        {
            "key": "tooth-board",
            "csl": {
                "type": "webpage",
                "title": "Humming teeth",
                "author": [{"literal": "Tooth Board"}],
                "URL": "https://teeth.example/hum",
            },
        }
    ),
}
PAGE: dict[str, Any] = {
    "slug": "tooth-hum",
    "locale": "en",
    "title": "Tooth hum: what it is and what to do",
    "name": "Tooth hum",
    "publisher": "demo-library",
    "review_interval_months": 12,
    "summary": "Most teeth stop humming by themselves.",
    "red_flags": [
        {
            "id": "smoke",
            "sign": "Smoke from the mouth",
            "urgency": "emergency",
            "action": "Call an ambulance.",
        },
        {
            "id": "glowing-gum",
            "sign": "A gum that glows, and fever",
            "urgency": "urgent",
            "action": "Be seen today.",
        },
        {
            "id": "one-tooth",
            "sign": "One tooth hums for weeks",
            "urgency": "routine",
            "action": "Book an appointment.",
        },
    ],
    "disclaimer": "This is information, not a diagnosis.",
}


def _make_finding(name: str, phrase: str, question: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "group": "The mouth",
        "kind": "symptom",
        "phrase": phrase,
        "question": question,
        **more,
    }


def _make_rule(name: str, urgency: str, when: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "urgency": urgency,
        "title": f"Title of {name}",
        "when": when,
        "reason": f"Reason of {name}.",
        "references": ["ito-2019"],
        "effective_from": "2026-11-20",
        **more,
    }


DRAFT: dict[str, Any] = {
    "slug": "tooth-hum",
    "locale": "en",
    "title": "Tooth hum: how soon to be seen",
    "summary": "For people whose teeth hum.\n\nIt is **no** diagnosis.",
    "conditions": ["tooth-hum"],
    "publisher": "demo-library",
    "specialties": ["general-practice"],
    "review_interval_months": 12,
    "disclaimer": "This is information, **not** a diagnosis.",
    "dispositions": [
        {"urgency": "emergency", "headline": "Get help now", "advice": "Call an ambulance."},
        {"urgency": "urgent", "headline": "Be seen today", "advice": "Go today."},
        {"urgency": "routine", "headline": "Book a visit", "advice": "Within two weeks."},
        {"urgency": "self_care", "headline": "Care at home", "advice": "Rinse with tea."},
    ],
    "regions": [
        {"code": "generic", "name": "Anywhere", "calls": []},
        {
            "code": "GB",
            "name": "United Kingdom",
            "calls": [
                {"urgency": "emergency", "call": "999"},
                {"urgency": "urgent", "call": "111"},
            ],
        },
    ],
    "findings": [
        _make_finding(
            "hum",
            "humming tooth",
            "Does a tooth hum?",
            help="Put an ear to the cheek.",
            wordings=[
                {"speaker": "carer", "question": "Does a tooth of theirs hum?", "help": "Listen."},
                {"speaker": "child", "question": "Does your child's tooth hum?"},
            ],
            needs_helper=True,
            synonyms=["buzzing tooth", "singing molar"],
            codes=[
                {
                    "system": "http://codes.example",
                    "code": "T1",
                    "display": "Hum",
                    "relation": "exact",
                }
            ],
        ),
        _make_finding(
            "smoke",
            "smoke from the mouth",
            "Does smoke come out?",
            kind="sign",
            red_flag=True,
            why="Smoke means fire.",
        ),
        _make_finding("glow", "glowing gum", "Does the gum glow?", kind="sign", red_flag=True),
        _make_finding("fever", "fever", "Have you a fever?", red_flag=True),
        _make_finding("one_tooth", "one tooth only", "Is it one tooth?", kind="context"),
        _make_finding("all_teeth", "all teeth at once", "Is it all teeth?", kind="context"),
        _make_finding(
            "sweets",
            "singing sweets eaten",
            "Did you eat singing sweets?",
            kind="risk",
            applies={"max_age_years": 15},
        ),
        _make_finding("sore_jaw", "sore jaw", "Is the jaw sore?"),
    ],
    "conflicts": [{"findings": ["one_tooth", "all_teeth"], "read_as": "one_tooth"}],
    "gates": ["smoke", "glow", "fever"],
    "scores": [
        {
            "id": "hum_score",
            "title": "Hum score",
            "note": "cannot rule out",
            "items": [
                {"id": "jaw", "label": "Sore jaw", "when": "sore_jaw", "points": 1},
                {"id": "heat", "label": "Fever", "when": "fever", "points": 2},
                {"id": "age", "label": "60 or older", "when": "age_years >= 60", "points": 1},
                {"id": "tuning_fork", "label": "Rings on a tuning fork", "points": -1},
            ],
            "cut_offs": [{"points": 2, "label": "likely"}],
            "performance": [{"says": "Finds 9 in 10 fires.", "reference": "tooth-board"}],
            "references": ["tooth-board"],
        }
    ],
    "rules": [
        _make_rule(
            "smoke_seen",
            "emergency",
            "smoke",
            suspects=["gum fire"],
            red_flags=["tooth-hum/smoke"],
            references=["ito-2019", "tooth-board"],
            review_due="2028-11-20",
            disagreement={
                "views": [
                    {"says": "Wait an hour.", "urgency": "urgent", "references": ["tooth-board"]},
                    {"says": "Smoke is fire.", "references": ["ito-2019"]},
                ],
                "choice": "We do not wait: a fire spreads.",
            },
        ),
        _make_rule(
            "glow_or_fever",
            "urgent",
            "at_least(2, glow, fever, sore_jaw)",
            suspects=["gum fire"],
            red_flags=["tooth-hum/glowing-gum"],
        ),
        _make_rule("high_score", "urgent", "hum and hum_score >= 3"),
        _make_rule("small_child", "urgent", "hum and age_years < 5"),
        _make_rule(
            "one_tooth_hums",
            "routine",
            "hum and one_tooth\nand not all_teeth",
            red_flags=["tooth-hum/one-tooth"],
        ),
        _make_rule("sweet_hum", "self_care", "hum and sweets and not glow"),
    ],
    "causes": [
        {
            "id": "gum-fire",
            "name": "gum fire",
            "condition": "tooth-hum",
            "supporting": ["smoke", "glow", "fever"],
            "opposing": ["sweets"],
        },
        {
            "id": "sweet-hum",
            "name": "sweet hum",
            "described_at": "tooth-hum/one-tooth",
            "required": "hum",
            "supporting": ["sweets", "all_teeth"],
        },
    ],
}


CASES: dict[str, dict[str, Any]] = {
    "fire": {
        "id": "fire",
        "story": "Smoke comes out of his mouth.",
        "age_years": 40,
        "sex": "male",
        "findings": {"smoke": "present", "hum": "absent", "fever": "unknown"},
        "expected": "emergency",
        "acceptable": ["emergency"],
        "because": "Smoke means fire.",
        "suspects": ["gum fire"],
        "source": "Tooth Board",
    },
    "sweets": {
        "id": "sweets",
        "story": "Her tooth hums since she ate singing sweets.",
        "findings": {
            "hum": "present",
            "sweets": "present",
            "fever": "absent",
            "glow": "absent",
            "smoke": "absent",
        },
        "expected": "self_care",
        "acceptable": ["self_care", "routine"],
    },
    "ember": {
        "id": "ember",
        "story": "The gum glows and the baby is hot.",
        "age_months": 9,
        "findings": {"fever": "present", "glow": "present"},
        "expected": "urgent",
        "acceptable": ["urgent", "emergency"],
    },
}
"""Cases that the example answers as it should."""


def make_case_set(*cases: dict[str, Any], must_pass: bool = True, **changes: Any) -> dict[str, Any]:
    """The change that gives the protocol one set with these cases."""
    case_set = {"id": "ours", "title": "Our cases", "must_pass": must_pass, "cases": list(cases)}
    return {"case_sets": [case_set | changes]}


def make_page(**changes: Any) -> ConditionDraft:
    """The page that the protocol answers for, with some members replaced."""
    return ConditionDraft.model_validate(PAGE | changes)


def make_draft(**changes: Any) -> ProtocolDraft:
    """The protocol with some members replaced."""
    return ProtocolDraft.model_validate(DRAFT | changes)


def make_content(**changes: Any) -> Content:
    """The content of the protocol with some members of its draft replaced."""
    return to_content(make_draft(**changes), references=REFERENCES, publisher=PUBLISHER)


def change_part(member: str, place: int | str, **changes: Any) -> dict[str, Any]:
    """The change that replaces members of one part, named by its place or its id."""
    parts = copy.deepcopy(DRAFT[member])
    names = [part.get("id") or part.get("code") or part.get("urgency") for part in parts]
    parts[names.index(place) if isinstance(place, str) else place].update(changes)
    return {member: parts}


def drop_part(member: str, name: str) -> dict[str, Any]:
    """The change that leaves one part out."""
    return {member: [part for part in DRAFT[member] if name not in part.values()]}


def add_part(member: str, **part: Any) -> dict[str, Any]:
    """The change that adds one part at the end."""
    return {member: [*DRAFT[member], part]}


def add_rule(name: str, urgency: str, when: str, **more: Any) -> dict[str, Any]:
    """The change that adds one complete rule at the end."""
    return add_part("rules", **_make_rule(name, urgency, when, **more))
