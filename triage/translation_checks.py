"""Whether a protocol in another language answers just as the edition that it translates.

A translation changes words and nothing else: findings, rules, points, gates and cut-offs are those
of its source, so that the same answers get the same urgency in every language. Its cases are its
source's too. Pure.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from calfcms.publishing.kinds import Content, SourceEdition
from calfcms.publishing.problem import Problem
from conditions.translation_checks import check_pin

GetSource = Callable[[str, int], SourceEdition | None]
"""An edition of the same slug by locale and number, and what became of it."""

Json = Mapping[str, Any]

KEYS: Final = {
    "dispositions": "urgency",
    "regions": "code",
    "findings": "id",
    "scores": "id",
    "rules": "id",
    "causes": "id",
}
"""The members that are lists of parts, and what identifies a part."""

SAME: Final = ("conditions", "conflicts", "gates", "repeat_contact")
"""The members that have no words in them."""

WORDS: Final = {
    "dispositions": {"headline", "advice"},
    "regions": {"name", "calls"},
    "findings": {"group", "phrase", "question", "help", "why", "synonyms", "wordings", "codes"},
    "scores": {"title", "note", "items", "cut_offs", "performance"},
    "rules": {"title", "reason", "suspects", "disagreement"},
    "causes": {"name"},
}
"""The members of a part that are words, or have words in them."""


def check_translation(content: Content, *, get_source: GetSource) -> Iterator[Problem]:
    """What stands against a protocol that is a translation; nothing for one written first."""
    pinned = content.get("translation_of")
    if not pinned:
        return
    source = get_source(pinned["locale"], pinned["edition"])
    yield from check_pin(content, source)
    if source:
        yield from _check_against_source(content, source.content)


def _check_against_source(content: Content, source: Content) -> Iterator[Problem]:
    for name in SAME:
        if content[name] != source[name]:
            yield _say_differs(f"`{name}`", source, f"/{name}")
    for member, key in KEYS.items():
        yield from _check_parts(content, source, member, key)
    yield from _check_suspects(content, source)
    if content["case_sets"]:
        yield Problem(
            "cases_in_translation",
            "A translation has no cases of its own: it answers as its source does.",
            f"Add them to the protocol in {source['locale']}.",
            "/case_sets",
        )


def _check_parts(content: Content, source: Content, member: str, key: str) -> Iterator[Problem]:
    originals = {part[key]: part for part in source[member]}
    own = {part[key] for part in content[member]}
    for place, part in enumerate(content[member]):
        pointer, name = f"/{member}/{place}", f"`{part[key]}` in `{member}`"
        original = originals.get(part[key])
        if original is None:
            yield _say_not_in_source(name, source, pointer)
        elif _tell_logic(member, part) != _tell_logic(member, original):
            yield _say_differs(name, source, pointer)
    for missing in originals.keys() - own:
        yield _say_missing(f"`{missing}` in `{member}`", source, f"/{member}")


def _tell_logic(member: str, part: Json) -> dict[str, Any]:
    """All of a part but its words."""
    logic = {name: value for name, value in part.items() if name not in WORDS[member]}
    return logic | {name: tell(part[name]) for name, tell in _INNER.get(member, {}).items()}


def _pick(*names: str) -> Callable[[list[Json]], list[list[Any]]]:
    return lambda rows: sorted([row[name] for name in names] for row in rows)


def _tell_disagreement(disagreement: Json | None) -> list[Any] | None:
    views = disagreement["views"] if disagreement else None
    return views and [[view["urgency"], view["references"]] for view in views]


_INNER: Final[Mapping[str, Mapping[str, Callable[[Any], Any]]]] = {
    "regions": {"calls": _pick("urgency")},
    "findings": {"wordings": _pick("speaker"), "codes": _pick("system", "code", "relation")},
    "scores": {
        "items": lambda rows: sorted((row["id"], row["when"], row["points"]) for row in rows),
        "cut_offs": _pick("points"),
        "performance": _pick("reference"),
    },
    "rules": {"disagreement": _tell_disagreement, "suspects": len},
}
"""What of a member with words in it is logic."""


def _check_suspects(content: Content, source: Content) -> Iterator[Problem]:
    """A rule suspects causes by name: each must be called here as the cause itself is."""
    names = {cause["id"]: cause["name"] for cause in content["causes"]}
    called = {cause["name"].lower(): names.get(cause["id"]) for cause in source["causes"]}
    originals = {rule["id"]: rule["suspects"] for rule in source["rules"]}
    for place, rule in enumerate(content["rules"]):
        suspects = zip(rule["suspects"], originals.get(rule["id"], ()), strict=False)
        for number, (suspect, original) in enumerate(suspects):
            expected = called.get(original.lower())
            if expected and suspect.lower() != expected.lower():
                yield Problem(
                    "suspect_without_cause",
                    f"The rule `{rule['id']}` suspects “{suspect}”, which the causes call "
                    f"“{expected}”.",
                    "Use the same words for both, so that the answer lists the cause.",
                    f"/rules/{place}/suspects/{number}",
                )


def _say_differs(name: str, source: Content, pointer: str) -> Problem:
    return Problem(
        "logic_differs_in_translation",
        f"{name} is not what it is in {source['locale']}, apart from its words.",
        "A translation changes words only: change it in the source first, then translate that "
        "edition.",
        pointer,
    )


def _say_not_in_source(name: str, source: Content, pointer: str) -> Problem:
    return Problem(
        "part_not_in_source",
        f"{name} is not there in {source['locale']}.",
        "Add it to the source first, or take it out here.",
        pointer,
    )


def _say_missing(name: str, source: Content, pointer: str) -> Problem:
    return Problem(
        "part_missing_in_translation",
        f"{name} is there in {source['locale']} and not here.",
        "Translate it too: in every language the same answers get the same urgency.",
        pointer,
    )
