"""Who made a page, who publishes it, and what it claims of its review. Pure.

A claimed reviewer is no sign-off and no contributor: sign-offs are given here, to what is here.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from conditions.draft import PublisherDraft
from conditions.importing.addresses import shorten_address
from conditions.importing.nodes import Node
from conditions.importing.notes import About
from conditions.importing.reading import Reading

ORGANISATIONS: Final = frozenset(
    (
        *("Organization", "MedicalOrganization", "MedicalClinic", "MedicalBusiness", "Hospital"),
        *("NGO", "GovernmentOrganization", "CovidTestingFacility", "Physician", "LocalBusiness"),
    )
)
_ROLES: Final = ("author", "editor")
_PUBLISHERS: Final = ("publisher", "sourceOrganization", "provider", "copyrightHolder")
_CLAIMS: Final = {
    "reviewedBy": "The page claims a reviewer. That is no sign-off: ask a reviewer of ours.",
    "lastReviewed": "The page claims a review. Ours is dated by its sign-off.",
    "dateModified": "A date of the page's. Ours is that of the edition.",
    "datePublished": "A date of the page's. Ours is that of the edition.",
    "dateCreated": "A date of the page's. Ours is that of the edition.",
    "version": "A number of the page's. Ours counts editions.",
    "accountablePerson": "Who is accountable here, sign-offs and the publisher say.",
}


def read_contributors(reading: Reading, page: Node) -> list[dict[str, str]]:
    """Authors and editors, each once."""
    found = [
        {"role": role, "name": name, "credentials": credentials}
        for role in _ROLES
        for pointer, value in page.get(role)
        for name, credentials in [_read_person(reading, value, pointer)]
        if name
    ]
    reason = "Contributors have a role here, and the page does not say which."
    reading.leave_out(page, "contributor", reason, About.NOT_MAPPED)
    return [one for position, one in enumerate(found) if one not in found[:position]]


def note_claims(reading: Reading, page: Node) -> None:
    """What the page says of its own review and dates, for the report alone."""
    for name, reason in _CLAIMS.items():
        for pointer, value in page.get(name):
            reading.notes.add(About.CLAIM, pointer, reason, reading.name_value(value))


def find_publisher(
    reading: Reading, page: Node, roots: Iterable[Node], known: Sequence[PublisherDraft]
) -> tuple[str | None, list[str]]:
    """The publisher of ours that the page names by name or address; and the names that it has."""
    named = [node for name in _PUBLISHERS for _, v in page.get(name) if (node := _find(reading, v))]
    texts = [str(v) for name in _PUBLISHERS for _, v in page.get(name) if isinstance(v, str)]
    named += [root for root in roots if root.types & ORGANISATIONS and root not in named]
    names = list(
        dict.fromkeys([*(reading.line(one, "name", "legalName") for one in named), *texts])
    )
    urls = [url for one in named for url in reading.lines(one, "url", "sameAs")]
    addresses = {shorten_address(url) for url in urls}
    for publisher in known:
        is_named = publisher.name.casefold() in {name.casefold() for name in names}
        if is_named or shorten_address(publisher.url) in addresses:
            return publisher.slug, names
    return None, [name for name in names if name]


def _find(reading: Reading, value: Any) -> Node | None:
    node = reading.graph.find(value)
    if node:
        reading.enter(node)
    return node


def _read_person(reading: Reading, value: Any, pointer: str) -> tuple[str, str]:
    """The name of a person or organisation, and what qualifies them."""
    node = _find(reading, value)
    if node is None:
        return reading.name_value(value), ""
    name = reading.line(node, "name", "legalName")
    if not name:
        name = " ".join(filter(None, (reading.line(node, n) for n in ("givenName", "familyName"))))
    if not name:
        reason = "There is no name: what is referred to may be described on another page."
        reading.notes.add(About.NOT_MAPPED, pointer, reason, node.id)
    held = [reading.name_value(v) for _, v in node.get("hasCredential")]
    titles = [reading.line(node, "honorificSuffix"), *held, reading.line(node, "jobTitle")]
    return name, ", ".join(dict.fromkeys(filter(None, titles)))
