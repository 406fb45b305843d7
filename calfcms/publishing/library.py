"""The published content that a publish is checked against, counting what goes live with it."""

from collections.abc import Sequence

from calfcms.publishing.kinds import Content, SourceEdition
from calfcms.publishing.models import Edition
from calfcms.publishing.selectors import is_recalled, list_live_editions


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

    def list_translations(self, *, kind: str, slug: str) -> list[Content]:
        """What is live, or goes live, under that slug in any locale."""
        editions = list_live_editions(kind=kind).filter(document__slug=slug)
        contents = {_get_address(content): content for content in map(_read, editions)}
        pending = {
            address: content
            for address, content in self._pending.items()
            if address[:2] == (kind, slug)
        }
        return [content for _, content in sorted((contents | pending).items())]

    def get_source(self, *, kind: str, slug: str, locale: str, number: int) -> SourceEdition | None:
        """An edition that was published, live or not; None where there is none."""
        address = {"document__kind": kind, "document__slug": slug, "document__locale": locale}
        edition = Edition.objects.filter(**address, number=number).first()
        if edition is None:
            return None
        return SourceEdition(
            content=edition.read_content(),
            is_withdrawn=self.get_content(kind=kind, slug=slug, locale=locale) is None,
            is_recalled=is_recalled(edition),
        )


def _read(edition: Edition) -> Content:
    return edition.read_content()


def _get_address(content: Content) -> tuple[str, str, str]:
    return content["kind"], content["slug"], content["locale"]
