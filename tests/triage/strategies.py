"""Drafts of any content, as far as a draft may hold it: ids that fit, texts that are odd."""

from typing import Any

from hypothesis import strategies as st

from triage.definition import ProtocolDraft

ids = st.sampled_from(["a", "b2", "c_c", "d", "e_1"])
slugs = st.sampled_from(["tooth-hum", "gum-fire", "x1"])
lines = st.text(st.sampled_from("ab 'é\"%\\:#-{}\U0001f9b7"), max_size=8)
filled = lines.map(lambda text: f"x{text}y")
urgencies = st.sampled_from(["self_care", "routine", "urgent", "emergency"])
names = st.lists(filled, max_size=2, unique=True)
keys = st.lists(st.sampled_from(["ito-2019", "tooth-board"]), max_size=2, unique=True)
expressions = st.sampled_from(["a", "a and\n  not b2", "hum >= 2", "at_least(2, a, b2, c_c)", "?"])
days = st.dates().map(lambda day: day.isoformat())


def _parts(key: st.SearchStrategy[str], **members: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    part = st.fixed_dictionaries({"id": key, **members})
    return st.lists(part, max_size=3, unique_by=lambda row: row["id"])


_codes = st.fixed_dictionaries(
    {"system": filled, "code": filled, "display": lines, "relation": st.just("close")}
)
_calls = st.lists(
    st.fixed_dictionaries({"urgency": urgencies, "call": filled}),
    max_size=2,
    unique_by=lambda call: call["urgency"],
)
_regions = st.fixed_dictionaries(
    {"code": st.sampled_from(["GB", "IN", "generic"]), "name": filled, "calls": _calls}
)
_dispositions = st.fixed_dictionaries({"urgency": urgencies, "headline": filled, "advice": filled})
_wordings = st.lists(
    st.fixed_dictionaries(
        {"speaker": st.sampled_from(["carer", "child"]), "question": filled, "help": lines}
    ),
    max_size=2,
    unique_by=lambda wording: wording["speaker"],
)
_limits = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["female", "male"]),
        "min_age_years": st.none() | st.integers(0, 12),
        "max_age_years": st.none() | st.integers(12, 130),
    }
)
_findings = _parts(
    ids,
    group=filled,
    kind=st.sampled_from(["symptom", "sign", "context", "risk"]),
    red_flag=st.booleans(),
    phrase=filled,
    question=filled,
    help=lines,
    why=lines,
    synonyms=names,
    wordings=_wordings,
    applies=st.none() | _limits,
    needs_helper=st.booleans(),
    codes=st.lists(_codes, max_size=2),
)
_items = _parts(
    ids, label=filled, when=st.none() | expressions, points=st.sampled_from([-2, 1, 100])
)
_scores = _parts(
    st.sampled_from(["s1", "s2"]),
    title=filled,
    note=lines,
    items=_items.filter(bool),
    cut_offs=st.lists(
        st.fixed_dictionaries({"points": st.integers(-2, 2), "label": filled}),
        max_size=2,
        unique_by=lambda cut_off: cut_off["points"],
    ),
    performance=st.lists(st.fixed_dictionaries({"says": filled, "reference": slugs}), max_size=2),
    references=keys,
)
_views = st.fixed_dictionaries(
    {"says": filled, "urgency": st.none() | urgencies, "references": keys}
)
_disagreements = st.fixed_dictionaries({"views": st.lists(_views, max_size=2), "choice": filled})
_rules = _parts(
    ids,
    urgency=urgencies,
    title=filled,
    when=expressions,
    reason=filled,
    suspects=names,
    red_flags=st.lists(st.just("tooth-hum/smoke"), max_size=1),
    references=keys,
    effective_from=days,
    review_due=st.none() | days,
    disagreement=st.none() | _disagreements,
)
_causes = _parts(
    slugs,
    name=filled,
    condition=st.none() | slugs,
    described_at=st.none() | st.just("tooth-hum/smoke"),
    required=st.none() | expressions,
    supporting=st.lists(ids, max_size=2),
    opposing=st.lists(ids, max_size=2),
)

_levels = st.lists(urgencies, min_size=1, max_size=3, unique=True)
_ages = st.sampled_from([{}, {"age_years": 40}, {"age_months": 0}])
_cases = st.lists(
    st.builds(
        lambda case, age, levels: {**case, **age, "expected": levels[0], "acceptable": levels},
        st.fixed_dictionaries(
            {
                "story": filled,
                "sex": st.sampled_from(["male", "female", "other", "unknown"]),
                "findings": st.dictionaries(ids, st.sampled_from(["present", "absent", "unknown"])),
                "because": lines,
                "suspects": names,
                "source": lines,
            }
        ),
        _ages,
        _levels,
    ),
    max_size=3,
)


def _number_cases(case_sets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**one, "cases": [{"id": f"{one['id']}_{n}", **c} for n, c in enumerate(one["cases"])]}
        for one in case_sets
    ]


_case_sets = _parts(ids, title=filled, source=lines, must_pass=st.booleans(), cases=_cases).map(
    _number_cases
)

drafts = st.fixed_dictionaries(
    {
        "slug": st.just("tooth-hum"),
        "locale": st.just("en"),
        "translation_of": st.none()
        | st.fixed_dictionaries(
            {"locale": st.just("hi"), "edition": st.integers(1, 9), "reviewed": st.booleans()}
        ),
        "title": filled,
        "summary": st.lists(lines, max_size=3).map("\n".join),
        "conditions": st.lists(slugs, max_size=2, unique=True),
        "publisher": st.just("demo-library"),
        "specialties": st.lists(slugs, max_size=2, unique=True),
        "risk_class": st.sampled_from([None, "high", "raised", "standard"]),
        "review_interval_months": st.none() | st.integers(1, 60),
        "disclaimer": lines,
        "dispositions": st.lists(_dispositions, max_size=2, unique_by=lambda row: row["urgency"]),
        "regions": st.lists(_regions, max_size=2, unique_by=lambda row: row["code"]),
        "findings": _findings,
        "conflicts": st.lists(st.just({"findings": ["a", "d"], "read_as": "a"}), max_size=2),
        "gates": st.lists(ids, max_size=2),
        "repeat_contact": st.none() | ids,
        "scores": _scores,
        "rules": _rules,
        "causes": _causes,
        "case_sets": _case_sets,
    }
).map(ProtocolDraft.model_validate)
"""Drafts of the example's document; its publisher exists."""
