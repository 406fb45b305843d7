"""Between a draft and the values of its rows. Pure: the same for database rows and for the copies
of them that revisions keep.

A row's values go by column (`parent_id`, `publisher_id`). Where a draft says None, columns are "".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conditions.draft import (
    Cause,
    Coding,
    ConditionDraft,
    Contributor,
    Faq,
    Figure,
    RedFlag,
    Section,
    TranslationOf,
)

Values = dict[str, Any]
Row = Mapping[str, Any]

SCALARS = ("title", "name", "audience", "license", "attribution", "summary", "disclaimer")
LISTS = ("alternate_names", "specialties", "related")
CODING = ("system", "code", "display", "version", "source", "verified")
CONTRIBUTOR = ("role", "name", "credentials")


@dataclass(frozen=True)
class Rows:
    """All rows of one draft, in any order."""

    condition: Row
    topics: Sequence[Row] = ()
    codes: Sequence[Row] = ()
    contributors: Sequence[Row] = ()
    sections: Sequence[Row] = ()
    causes: Sequence[Row] = ()
    red_flags: Sequence[Row] = ()
    red_flag_references: Sequence[Row] = ()
    faqs: Sequence[Row] = ()
    figures: Sequence[Row] = ()


def draft_of_rows(rows: Rows, *, slug: str, locale: str) -> ConditionDraft:
    """The draft that these rows say. Raises `ValidationError` for rows that no draft could say."""
    root = rows.condition
    return ConditionDraft.model_validate(
        {
            "slug": slug,
            "locale": locale,
            "translation_of": read_translation_of(root),
            **{name: root[name] for name in (*SCALARS, *LISTS, "review_interval_months")},
            "risk_class": root["risk_class"] or None,
            "publisher": root["publisher_id"],
            "topics": [row["topic_id"] for row in _in_order(rows.topics)],
            "codes": [_read_coding(row) for row in _in_order(rows.codes)],
            "contributors": [_pick(row, CONTRIBUTOR) for row in _in_order(rows.contributors)],
            "sections": _read_sections(rows.sections),
            "causes": [_read_cause(row) for row in _in_order(rows.causes)],
            "red_flags": _read_red_flags(rows),
            "faqs": [_read_part(row, "question", "answer") for row in _in_order(rows.faqs)],
            "figures": [
                _read_part(row, "alt", "caption", "credit", "sources")
                for row in _in_order(rows.figures)
            ],
        }
    )


def read_translation_of(root: Row) -> Values | None:
    """The edition that a root row says it translates."""
    if not root["source_locale"]:
        return None
    return {
        "locale": root["source_locale"],
        "edition": root["source_edition"],
        "reviewed": root["translation_reviewed"],
    }


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _pick(row: Row, names: Iterable[str]) -> Values:
    return {name: row[name] for name in names}


def _read_part(row: Row, *names: str) -> Values:
    return {"id": row["part_id"], **_pick(row, names)}


def _read_coding(row: Row) -> Values:
    optional = {"version": row["version"] or None, "source": row["source"] or None}
    return {**_pick(row, CODING), **optional}


def _read_cause(row: Row) -> Values:
    return {**_read_part(row, "name", "urgency", "body"), "condition": row["page"] or None}


def _read_sections(rows: Iterable[Row]) -> list[Values]:
    children: dict[Any, list[Row]] = defaultdict(list)
    for row in _in_order(rows):
        children[row["parent_id"]].append(row)

    def read(row: Row) -> Values:
        return {
            **_read_part(row, "aspect", "headline", "body"),
            "partner": row["partner"] or None,
            "sections": [read(child) for child in children[row["id"]]],
        }

    return [read(row) for row in children[None]]


def _read_red_flags(rows: Rows) -> list[Values]:
    references: dict[Any, list[str]] = defaultdict(list)
    for link in _in_order(rows.red_flag_references):
        references[link["red_flag_id"]].append(link["reference_id"])
    return [
        {
            **_read_part(row, "sign", "urgency", "action", "suspects"),
            "references": references[row["id"]],
        }
        for row in _in_order(rows.red_flags)
    ]


def translation_values(source: TranslationOf | None) -> Values:
    """The columns of a root row that say which edition it translates."""
    return {
        "source_locale": source.locale if source else "",
        "source_edition": source.edition if source else None,
        "translation_reviewed": bool(source and source.reviewed),
    }


def condition_values(draft: ConditionDraft) -> Values:
    """The columns of the root row."""
    return {
        **translation_values(draft.translation_of),
        **{name: getattr(draft, name) for name in (*SCALARS, "review_interval_months")},
        **{name: list(getattr(draft, name)) for name in LISTS},
        "risk_class": draft.risk_class.value if draft.risk_class else "",
        "publisher_id": draft.publisher,
    }


def coding_values(coding: Coding) -> Values:
    """The columns of a code."""
    optional = {"version": coding.version or "", "source": coding.source or ""}
    return {**{name: getattr(coding, name) for name in CODING}, **optional}


def contributor_values(contributor: Contributor) -> Values:
    """The columns of a contributor."""
    return {name: getattr(contributor, name) for name in CONTRIBUTOR}


def section_values(section: Section) -> Values:
    """The columns of a section, but for its place."""
    return {
        "aspect": section.aspect.value,
        "headline": section.headline,
        "body": section.body,
        "partner": section.partner or "",
    }


def cause_values(cause: Cause) -> Values:
    """The columns of a cause."""
    return {
        "name": cause.name,
        "page": cause.condition or "",
        "urgency": cause.urgency.value,
        "body": cause.body,
    }


def red_flag_values(flag: RedFlag) -> Values:
    """The columns of a red flag; its references are rows of their own."""
    return {
        "sign": flag.sign,
        "urgency": flag.urgency.value,
        "action": flag.action,
        "suspects": list(flag.suspects),
    }


def faq_values(faq: Faq) -> Values:
    """The columns of a question."""
    return {"question": faq.question, "answer": faq.answer}


def figure_values(figure: Figure) -> Values:
    """The columns of a figure."""
    return {
        "alt": figure.alt,
        "caption": figure.caption,
        "credit": figure.credit,
        "sources": [source.model_dump(mode="json") for source in figure.sources],
    }


def place_sections(
    sections: Iterable[Section], parent: str | None = None
) -> list[tuple[str | None, int, Section]]:
    """Every section with its parent's part id and its place there; parents come first."""
    placed: list[tuple[str | None, int, Section]] = []
    for position, section in enumerate(sections):
        placed.append((parent, position, section))
        placed += place_sections(section.sections, section.id)
    return placed
