"""What a page says of itself: title, language, summary, audience, topics, licence. Pure."""

import re
from collections.abc import Container, Sequence
from typing import Any, Final

from conditions.draft import TopicDraft
from conditions.importing.faults import ImportFault
from conditions.importing.nodes import Node
from conditions.importing.notes import About
from conditions.importing.reading import Reading, make_slug

_LOCALE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
_AUDIENCES: Final = {
    "patient": "patient",
    "patients": "patient",
    "caregiver": "caregiver",
    "carer": "caregiver",
    "clinician": "clinician",
    "physician": "clinician",
}
_TOPICS: Final = ("keywords", "genre", "articleSection")


def read_title(reading: Reading, page: Node, condition: Node | None) -> tuple[str, str]:
    """The title of the page and the name of the condition."""
    headline, own = reading.line(page, "headline"), reading.line(page, "name")
    name = reading.line(condition, "name")
    title = headline or own or name
    if not title:
        raise ImportFault("The page has no title.", "Add `headline` or `name`.", page.pointer)
    if headline and own not in (headline, ""):
        reason = "The page has a headline and a name; the headline became the title."
        reading.notes.add(About.NOT_MAPPED, page.pointer, reason, own)
    if not name:
        name = own or title
        reason = "It does not name the condition: the page's name was taken."
        reading.notes.add(About.GUESS, page.pointer, reason, name)
    return title, name


def choose_slug(wish: str | None, name: str) -> str:
    """The address, said or made of the name."""
    slug = wish or make_slug(name)
    if not slug:
        reason = f"No address can be made of '{name[:60]}'."
        raise ImportFault(reason, "Say one: --slug, such as --slug calf-pain.")
    return slug


def choose_locale(reading: Reading, page: Node, wish: str | None, default: str) -> str:
    """The language that was said, or that the page says, or the default."""
    said = [_name_language(reading, value) for _, value in page.get("inLanguage")]
    if wish:
        return wish
    for one in said:
        if found := _LOCALE.fullmatch(one):
            language, script, region = found.groups()
            subtags = (language.lower(), (script or "").title(), (region or "").upper())
            return "-".join(filter(None, subtags))
    if said:
        reason = f"Its language '{said[0][:40]}' is no locale."
        raise ImportFault(reason, "Say one: --locale, such as --locale en.", page.pointer)
    reading.notes.add(About.GUESS, page.pointer, "It does not say its language.", default)
    return default


def _name_language(reading: Reading, value: Any) -> str:
    """A language by its code: schema.org has it as text, or in a Language."""
    node = reading.graph.find(value)
    if node is None:
        return reading.name_value(value)
    reading.enter(node)
    return reading.line(node, "alternateName", "identifier", "name")


def read_summary(reading: Reading, page: Node, condition: Node | None) -> str:
    """The page's description, or else the condition's."""
    places = [(page, "abstract"), (page, "description")]
    places += [(condition, "description")] if condition and condition is not page else []
    summary = ""
    for node, name in places:
        if not summary:
            summary = reading.body(node, name)
        elif reading.body(node, name) not in (summary, ""):
            reason = "A second summary; the first that there is was taken."
            reading.leave_out(node, name, reason, About.NOT_MAPPED)
    return summary


def read_audience(reading: Reading, page: Node) -> str:
    """Whom it is for; patients unless it says otherwise."""
    for pointer, value in page.get("audience"):
        node = reading.graph.find(value)
        if node:
            reading.enter(node)
        said = reading.line(node, "audienceType", "name") or reading.name_value(value)
        words = [said, *(node.types if node else ())]
        found = [_AUDIENCES[w.lower()] for w in words if w.lower() in _AUDIENCES]
        if found:
            return found[0]
        reason = "Pages are for patients, caregivers or clinicians: taken for patients."
        reading.notes.add(About.GUESS, pointer, reason, said)
    return "patient"


def read_topics(
    reading: Reading, page: Node, roots: Sequence[Node], known: Sequence[TopicDraft]
) -> list[str]:
    """The topics of ours that its keywords and breadcrumbs name."""
    by_title = {topic.title.casefold(): topic.slug for topic in known}
    found = []
    keywords = _list_keywords(reading, page, by_title)
    for pointer, word in [*keywords, *_list_crumbs(reading, page, roots)]:
        if slug := by_title.get(word.casefold()):
            found.append(slug)
        elif word:
            reason = "No topic of ours has this name."
            reading.notes.add(About.NOT_MAPPED, pointer, reason, word)
    return list(dict.fromkeys(found))


def _list_keywords(reading: Reading, page: Node, titles: Container[str]) -> list[tuple[str, str]]:
    """The keywords; several may stand in one text, but a title of ours may have commas too."""
    keywords = []
    for pointer, value in [pair for name in _TOPICS for pair in page.get(name)]:
        said = " ".join(reading.name_value(value).split())
        words = [said] if said.casefold() in titles else said.split(",")
        keywords += [(pointer, word.strip()) for word in words]
    return keywords


def _list_crumbs(reading: Reading, page: Node, roots: Sequence[Node]) -> list[tuple[str, str]]:
    """The names on the way to the page, without the first (the site) and the last (the page)."""
    lists = [node for _, v in page.get("breadcrumb") if (node := reading.graph.find(v))]
    lists += [root for root in roots if "BreadcrumbList" in root.types and root not in lists]
    crumbs = []
    for one in lists:
        reading.enter(one)
        steps = [(at, reading.graph.find(value)) for at, value in one.get("itemListElement")]
        crumbs += [(at, _name_step(reading, step)) for at, step in steps[1:-1] if step]
    return crumbs


def _name_step(reading: Reading, step: Node) -> str:
    named = [reading.line(reading.graph.find(v), "name") for _, v in step.get("item")]
    return reading.line(step, "name") or next(filter(None, named), "")


def read_license(reading: Reading, page: Node) -> dict[str, str]:
    """Licence and credit as they are said. Without a licence, somebody must ask."""
    said = [reading.name_value(value) for _, value in page.get("license")]
    if not said:
        reason = "It names no licence. Make sure that you may use its words."
        reading.notes.add(About.CLAIM, page.pointer, reason)
    credit = reading.line(page, "creditText", "copyrightNotice")
    return {"license": " ".join(said[0].split()) if said else "", "attribution": credit}
