"""The published content that a publish is checked against, counting what goes live with it."""

from collections.abc import Sequence

from calfcms.publishing.kinds import Content
from calfcms.publishing.selectors import list_live_editions


class LibraryOfEditions:
    """Live editions, overlaid with the content that is being published in the same step."""

    def __init__(self, *, pending: Sequence[Content] = ()) -> None:
        self._pending = {_get_address(content): content for content in pending}

    def get_content(self, *, kind: str, slug: str, locale: str) -> Content | None:
        """The content at that address, or None where nothing is published."""
        if pending := self._pending.get((kind, slug, locale)):
            return pending
        edition = (
            list_live_editions(kind=kind)
            .filter(document__slug=slug, document__locale=locale)
            .first()
        )
        return edition.read_content() if edition else None

    def list_contents(self, *, kind: str) -> list[Content]:
        """All content of a kind."""
        live = [edition.read_content() for edition in list_live_editions(kind=kind)]
        contents = {_get_address(content): content for content in live} | self._pending
        return [content for address, content in sorted(contents.items()) if address[0] == kind]


def _get_address(content: Content) -> tuple[str, str, str]:
    return content["kind"], content["slug"], content["locale"]
