"""The end of a page in Markdown: related pages, references, and who stands behind the edition."""

from collections.abc import Iterator
from typing import Any

from conditions.citations import list_identifiers
from conditions.links import LinkOf
from conditions.renditions.labels import Labels
from conditions.renditions.markdown_style import escape_line, escape_text, write_link

Edition = dict[str, Any]


def write_related(related: list[dict[str, str]], link_of: LinkOf) -> Iterator[str]:
    """Links to the related pages."""
    lines = (
        write_link(link_of(page["slug"], None) or "", escape_text(page["title"]))
        for page in related
    )
    yield "\n".join(f"- {line}" for line in lines)


def write_references(references: list[dict[str, Any]]) -> Iterator[str]:
    """The references under their numbers."""
    yield "\n".join(_write_reference(reference) for reference in references)


def _write_reference(reference: dict[str, Any]) -> str:
    links = [
        write_link(address, escape_text(text))
        for address, text in list_identifiers(reference["csl"])
    ]
    line = " ".join([escape_line(reference["citation"]), *links])
    return f"{reference['number']}. {line}"


def write_about(edition: Edition, labels: Labels) -> Iterator[str]:
    """The review, the people, the publisher and the licence."""
    review, publisher = edition["review"], edition["publisher"]
    yield write_last_review(edition, labels)
    if "unsigned" in review:
        yield escape_line(labels.say_unsigned(review["unsigned"]))
    if review["next_review_due"]:
        yield f"{labels.next_review}: {labels.say_date(review['next_review_due'])}"
    yield from (_write_sign_off(sign_off, labels) for sign_off in review["sign_offs"])
    yield from (_write_contributor(person, labels) for person in edition["contributors"])
    published = labels.say_date(edition["published_at"])
    yield f"{labels.edition} {edition['edition']}. {labels.published}: {published}"
    yield f"{labels.publisher}: {write_link(publisher['url'], escape_text(publisher['name']))}"
    if edition["license"]:
        yield f"{labels.license}: {escape_text(edition['license'])}"
    yield escape_line(edition["attribution"])


def write_last_review(edition: Edition, labels: Labels) -> str:
    """When a clinician last reviewed the page."""
    date = edition["review"]["last_reviewed"]
    return f"{labels.last_reviewed}: {labels.say_date(date)}" if date else labels.not_reviewed


def write_translation(translation: dict[str, Any], labels: Labels) -> str:
    """What the page translates, and the way there."""
    link = write_link(f"{translation['of']['url']}&format=md", escape_text(labels.read_source))
    return f"**{escape_line(translation['note'])}** {link}"


def write_paragraphs(text: str) -> Iterator[str]:
    """Plain text in paragraphs."""
    for paragraph in text.split("\n\n"):
        yield "\n".join(escape_line(line) for line in paragraph.split("\n"))


def _write_sign_off(sign_off: dict[str, Any], labels: Labels) -> str:
    reviewer = sign_off["reviewer"]
    who = _join(reviewer["name"], reviewer["credentials"], reviewer["registration"])
    signed = labels.say_date(sign_off["signed_at"])
    conflicts = escape_text(sign_off["conflicts_of_interest"] or "")
    role = escape_text(labels.sign_off_roles[sign_off["role"]])
    return f"{labels.signed_by} {who} ({role}), {signed}. {labels.conflicts}: {conflicts}"


def _write_contributor(contributor: dict[str, str], labels: Labels) -> str:
    role = labels.contributor_roles[contributor["role"]]
    return f"{role}: {_join(contributor['name'], contributor['credentials'])}"


def _join(*pieces: str | None) -> str:
    return escape_text(", ".join(piece for piece in pieces if piece))
