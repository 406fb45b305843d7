"""Drafts of every kind that can be built, with the worst that authors and pasting bring along."""

from typing import Any

from hypothesis import strategies as st

from calfcms.publishing.policy import RiskClass
from calfcms.urgency import Urgency
from conditions.draft import Aspect, ConditionDraft
from tests.conditions.examples import REFERENCES

NASTY = [
    "<script>alert(1)</script>",
    "</script><script>",
    "<!--",
    "]]>",
    "\"'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "&lt;script&gt; &amp; &#0; &#x1F; &#12; &nbsp;",
    "[x](javascript:alert(1))",
    "[1](javascript:alert(1))",
    "[@ito-2019](javascript:alert(1))",
    "[@ito-2019]: https://e.org",
    "![x](https://e.org/x.png)",
    "<javascript:alert(1)>",
    "[x](data:text/html,<script>)",
    "[x](condition:ear-hum#loud) [x](condition:lost)",
    "[@ear-board; @ito-2019] [@lost]",
    "# one\n\n##### two\n\n## three",
    "- a\n  - b\n\n    c\n3. d\n\n> e\n> > f",
    "| a | b |\n|---|--:|\n| `|` | [@ito-2019] |",
    "```\n<script>\n```\n\n    <script>",
    "***\n---\n===\n+ x\n1) y\n: z\n~~~",
    "*a **b* c** __d_ `e` ~~f~~ \\* \\",
    "שלום \u202eabc\u202c \u2066x",
    "e\u0301\u0327\u20dd 👩🏽\u200d⚕️ \U0010fffd \ufeff \u00ad",
    "𝕊" * 400,
]

characters = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda c: (
        ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF and c not in "\u2028\u2029"
    )
)
lines = st.one_of(
    st.sampled_from([text.replace("\n", " ") for text in NASTY]),
    st.text(characters, min_size=1, max_size=20),
).map(lambda text: f"x{text}")
bodies = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(characters, max_size=30)), max_size=3
).map(lambda pieces: " \n\n".join(pieces))
urls = st.sampled_from(["https://e.org/a'b,c?d=1&e=(2)", "http://e.org/,", "https://é.org/%22#x"])
keys = st.lists(st.sampled_from([*REFERENCES, "lost"]), unique=True, max_size=3)


def parts(part_id: str, **members: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """A few parts; their ids follow from their place."""
    several = st.lists(st.fixed_dictionaries(members), max_size=2)
    return several.map(lambda found: [{"id": f"{part_id}-{n}", **p} for n, p in enumerate(found)])


def sections(part_id: str, depth: int) -> st.SearchStrategy[list[Any]]:
    """Sections within sections, as deep as a draft allows."""
    return parts(
        part_id,
        aspect=st.sampled_from(list(Aspect)),
        headline=lines,
        body=bodies,
        partner=st.sampled_from([None, None, "clinic"]),
        sections=sections(f"{part_id}-{depth}", depth - 1) if depth else st.just([]),
    ).map(_give_ids)


def _give_ids(found: list[Any], under: str = "section") -> list[Any]:
    return [
        {**s, "id": f"{under}-{n}", "sections": _give_ids(s["sections"], f"{under}-{n}")}
        for n, s in enumerate(found)
    ]


urgencies = st.sampled_from(list(Urgency))
risk_classes: st.SearchStrategy[Any] = st.sampled_from([None, *RiskClass])
conditions = st.sampled_from([None, "ear-hum", "ear-glow", "lost"])
sources = st.fixed_dictionaries(
    {"url": urls, "width": st.integers(1, 900), "type": st.sampled_from(["image/a", "image/b"])}
)
drafts = st.fixed_dictionaries(
    {
        "slug": st.just("ear-glow"),
        "locale": st.sampled_from(["en", "ar", "hi", "en-GB"]),
        "translation_of": st.sampled_from(
            [None, {"locale": "fr", "edition": 1}, {"locale": "es", "edition": 7, "reviewed": True}]
        ),
        "title": lines,
        "name": lines,
        "alternate_names": st.lists(lines, unique_by=str.strip, max_size=2),
        "codes": st.lists(
            st.fixed_dictionaries({"system": lines, "code": lines, "display": lines}), max_size=1
        ),
        "topics": st.sampled_from([[], ["ears"]]),
        "publisher": st.just("demo-library"),
        "license": st.one_of(st.just(""), lines, urls),
        "attribution": st.one_of(st.just(""), lines),
        "risk_class": risk_classes,
        "summary": bodies,
        "sections": sections("s", 3),
        "causes": parts("cause", name=lines, condition=conditions, urgency=urgencies, body=bodies),
        "red_flags": parts(
            "flag",
            sign=lines,
            urgency=urgencies,
            action=st.one_of(st.just(""), lines),
            suspects=st.lists(lines, unique_by=str.strip, max_size=2),
            references=keys,
        ),
        "faqs": parts("faq", question=lines, answer=bodies),
        "figures": parts(
            "figure", alt=lines, caption=lines, credit=lines, sources=st.lists(sources, max_size=3)
        ),
        "related": st.lists(st.sampled_from(["ear-hum", "lost"]), unique=True),
        "contributors": st.lists(
            st.fixed_dictionaries(
                {
                    "role": st.sampled_from(
                        ["author", "editor", "illustrator", "patient_adviser", "translator"]
                    ),
                    "name": lines,
                    "credentials": lines,
                }
            ),
            max_size=2,
        ),
        "disclaimer": bodies,
    }
).map(ConditionDraft.model_validate)
