"""Which page edits the drafts of a kind: each app registers its own."""

from collections.abc import Callable

from calfcms.publishing.models import Document

EditUrl = Callable[[Document], str]

_editors: dict[str, EditUrl] = {}


def register_editor(kind: str, url_of: EditUrl) -> None:
    """Say where drafts of this kind are edited. Called once, from the app's `ready()`."""
    _editors[kind] = url_of


def get_edit_url(document: Document) -> str:
    """The address of the page that edits this draft; empty where drafts come from bundles only."""
    url_of = _editors.get(document.kind)
    return url_of(document) if url_of else ""
