"""Where the links in a body lead: to the web, or to a condition's page by its slug.

`condition:slug` and `condition:slug#part-id` name a page, not an address, so that content can move
between sites. Whoever renders a page decides which address a condition has.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

LinkOf = Callable[[str, str | None], str | None]
"""The address of a condition's page (and part) by slug; None where it cannot be linked to."""

_SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CONDITION_LINK = re.compile(rf"condition:({_SLUG})(?:#({_SLUG}))?")
_EXTERNAL_LINK = re.compile(r"https?://[^/?#]|mailto:.|tel:.", re.IGNORECASE)


class ConditionLink(NamedTuple):
    """A link to another condition's page, or to one part of it."""

    slug: str
    part_id: str | None


def read_condition_link(href: str) -> ConditionLink | None:
    """What a `condition:` link points to, or None for any other link."""
    match = _CONDITION_LINK.fullmatch(href)
    return ConditionLink(match[1], match[2]) if match else None


def is_external_link(href: str) -> bool:
    """Whether a link leaves for the web, a mail address or a telephone number."""
    return bool(_EXTERNAL_LINK.match(href))


def resolve_link(href: str, link_of: LinkOf) -> str | None:
    """The address that readers get for a link in Markdown, or None to leave only its text."""
    if link := read_condition_link(href):
        return link_of(link.slug, link.part_id)
    return href if is_external_link(href) else None


def link_to_condition(slug: str, part_id: str | None = None, *, locale: str = "") -> str:
    """The path of a condition's page as this API serves it, in that locale if one is named."""
    query = f"locale={locale}&format=html" if locale else "format=html"
    return f"/api/v1/conditions/{slug}?{query}" + (f"#{part_id}" if part_id else "")


def link_from(locale: str, *, is_translation: bool) -> LinkOf:
    """The addresses that a page in this locale links to.

    A reader of a translation goes on in its language, whatever the browser asks for. From the page
    that was written first, the browser's language decides.
    """
    return partial(link_to_condition, locale=locale) if is_translation else link_to_condition
