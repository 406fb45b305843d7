"""The condition that a page is about: names, codes, and what it lists. Pure.

https://schema.org/MedicalCondition
"""

from typing import Any, Final

from conditions.aspect import Aspect
from conditions.importing.nodes import Node
from conditions.importing.notes import About
from conditions.importing.reading import Reading
from conditions.importing.terms import PROPERTIES_OF_CONDITIONS, write_headline
from conditions.renditions.markdown_style import escape_line

CONDITION_TYPES: Final = frozenset(
    (
        *("MedicalCondition", "InfectiousDisease", "MedicalSignOrSymptom", "MedicalSymptom"),
        *("MedicalSign", "VitalSign"),
    )
)


def find_condition(reading: Reading, page: Node) -> Node | None:
    """The condition that the page is about: the page itself, what it names, or the only one."""
    if page.types & CONDITION_TYPES:
        return page
    named = [
        node
        for name in ("about", "mainEntity")
        for _, value in page.members_of(name)
        if (node := reading.graph.find(value)) and node.types & CONDITION_TYPES
    ]
    found = list({node.pointer: node for node in named}.values())
    found = found or reading.graph.list_of("MedicalCondition")[:1]
    for other in found[1:]:
        reason = "A page is about one condition here: this is a second one."
        reading.notes.add(About.NOT_MAPPED, other.pointer, reason, reading.line(other, "name"))
    for name in ("about", "mainEntity"):
        if any(reading.graph.find(value) in found for _, value in page.members_of(name)):
            page.used.add(name)
    for node in found:
        reading.enter(node)
    return found[0] if found else None


def read_codes(reading: Reading, condition: Node | None) -> list[dict[str, str]]:
    """The condition's codes in terminologies; whether they are right, somebody must look up."""
    codes = []
    for pointer, value in condition.get("code") if condition else []:
        node = reading.graph.find(value)
        system, code = reading.line(node, "codingSystem"), reading.line(node, "codeValue", "code")
        if node:
            reading.enter(node)
        if system and code:
            codes.append({"system": system, "code": code, "display": reading.line(node, "name")})
        else:
            reason = "A code counts with its system only: add `codingSystem` and `codeValue`."
            reading.notes.add(About.NOT_MAPPED, pointer, reason, code or reading.name_value(value))
    return codes


def read_listed(
    reading: Reading, condition: Node | None, sections: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Sections made of what the condition lists, for aspects that no section is about."""
    told = {section["aspect"] for section in sections}
    made: dict[Aspect, list[str]] = {}
    for name, aspect in PROPERTIES_OF_CONDITIONS.items() if condition else ():
        if condition and aspect.value in told:
            reason = f"The page has a section about this ({aspect.value}): compare them."
            reading.leave_out(condition, name, reason, About.NOT_MAPPED)
        elif condition and (items := _list_items(reading, condition, name)):
            made.setdefault(aspect, []).extend(items)
            reason = f"A list became the section “{write_headline(aspect)}”; the headline is ours."
            reading.notes.add(About.GUESS, f"{condition.pointer}/{name}", reason, items[0])
    return [
        {
            "id": reading.make_id(None, write_headline(aspect), stem="section"),
            "aspect": aspect.value,
            "headline": write_headline(aspect),
            "body": "\n".join(f"- {escape_line(item)}" for item in items),
            "sections": [],
        }
        for aspect, items in made.items()
    ]


def _list_items(reading: Reading, condition: Node, name: str) -> list[str]:
    items = []
    for _, value in condition.get(name):
        node = reading.graph.find(value)
        if node:
            reading.enter(node)
        title = reading.line(node, "name") if node else reading.name_value(value)
        more = reading.line(node, "description")
        items.append(": ".join(filter(None, (title, more))))
    return [item for item in dict.fromkeys(items) if item]
