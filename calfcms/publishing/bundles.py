"""The port between bundles on disk and the kinds of content in them.

Each app registers what its bundles mean; the commands `load_content` and `dump_content` know none
of them by name. For documents, `DocumentBundles` does all but the naming.
"""

import abc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from pydantic import BaseModel, ValidationError

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError, BundleRefused
from calfcms.bundles.explaining import explain
from calfcms.publishing.actions.locks import lock_documents
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.kinds import Content, get_kind
from calfcms.publishing.models import Document

Contents = Callable[[], Iterable[Content]]
"""What editions say, all kinds of documents, those published first before the others."""
Warn = Callable[[str], None]


class Outcome(StrEnum):
    """What saving did."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """What saving a bundle did, and the document that it is about, if it is about one."""

    outcome: Outcome
    document: Document | None = None


class BundleKind(abc.ABC):
    """What one kind of bundle means."""

    name: str
    """The value of `kind` in the file."""
    order: int
    """Kinds with a lower number are saved first, because others name what is in them."""

    @abc.abstractmethod
    def parse(self, bundle: Bundle) -> Any:
        """The checked value in the bundle. Raises `BundleRefused` with every error in it."""

    @abc.abstractmethod
    def path_of(self, parsed: Any) -> str:
        """Where `dump_content` writes it, below the folder of bundles. One file each."""

    @abc.abstractmethod
    def data_of(self, parsed: Any) -> dict[str, Any]:
        """The value as canonical bundle data, `kind` first, defaults left out."""

    @abc.abstractmethod
    def save(self, parsed: Any, *, by: User, at: datetime) -> Saved:
        """Make the database say this. Saving what it says already writes nothing.

        Raises `Refused`, with pointers into the bundle.
        """

    @abc.abstractmethod
    def list_stored(self) -> Iterator[Any]:
        """Every value of this kind in the database, as `parse` would give it.

        Called inside a transaction, so that it may lock what it reads.
        """

    def list_live(self, contents: Contents, *, warn: Warn) -> Iterator[Any]:  # noqa: ARG002
        """Every value of this kind in these contents, as `parse` would give it.

        `warn` is told what cannot be written so that it loads as it was published.
        """
        return iter(())

    def find_document(self, parsed: Any) -> Document | None:  # noqa: ARG002 - for kinds that have one
        """The document that the bundle is about, where it exists already."""
        return None

    def list_locales(self, parsed: Any) -> list[Document]:
        """The documents, in any locale, that the bundle's document is or is a translation of."""
        found = self.find_document(parsed)
        return [found] if found else []

    def dump(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The path and the data of every bundle of this kind."""
        for stored in self.list_stored():
            yield self.path_of(stored), self.data_of(stored)

    def dump_live(self, contents: Contents, *, warn: Warn) -> Iterator[tuple[str, dict[str, Any]]]:
        """The path and the data of every bundle of what is in these contents."""
        for live in self.list_live(contents, warn=warn):
            yield self.path_of(live), self.data_of(live)


class DocumentBundles(BundleKind):
    """Bundles that hold the draft of one document each.

    `name` is also the kind of the document. The draft is a frozen Pydantic model with the fields
    `slug` and `locale`, whose multi-line texts end without a line feed.
    """

    folder: str
    draft_model: type[BaseModel]

    def parse(self, bundle: Bundle) -> Any:
        """The draft in the bundle."""
        return parse_as(self.draft_model, bundle, extra_errors=self.list_errors(bundle))

    def list_errors(self, bundle: Bundle) -> list[BundleError]:  # noqa: ARG002 - for subclasses
        """Errors that the draft would find too, but could not give a line to."""
        return []

    def path_of(self, parsed: Any) -> str:
        """`conditions/calf-pain.en.yaml`."""
        return f"{self.folder}/{parsed.slug}.{parsed.locale}.yaml"

    def data_of(self, parsed: Any) -> dict[str, Any]:
        """The draft's fields in their order."""
        return {"kind": self.name, **data_of_model(parsed)}

    def save(self, parsed: Any, *, by: User, at: datetime) -> Saved:
        """Save the draft through the action that everybody uses."""
        existed = self.find_document(parsed) is not None
        saved = save_draft(
            kind=self.name,
            slug=parsed.slug,
            locale=parsed.locale,
            draft=parsed,
            by=by,
            at=at,
            comment="Loaded from a bundle",
        )
        outcome = Outcome.CHANGED if existed else Outcome.CREATED
        return Saved(outcome if saved.changed else Outcome.UNCHANGED, saved.document)

    def find_document(self, parsed: Any) -> Document | None:
        """The document at the draft's address."""
        address = {"kind": self.name, "slug": parsed.slug, "locale": parsed.locale}
        return Document.objects.filter(**address).first()

    def list_locales(self, parsed: Any) -> list[Document]:
        """The documents with the draft's slug."""
        return list(Document.objects.filter(kind=self.name, slug=parsed.slug))

    def list_stored(self) -> Iterator[Any]:
        """Every draft, by address; locked, because a draft is read from several tables."""
        kind = get_kind(self.name)
        documents = Document.objects.filter(kind=self.name).order_by("slug", "locale")
        for document in lock_documents(documents):
            draft = kind.read_draft(document)
            if draft is not None:
                yield draft

    def list_live(self, contents: Contents, *, warn: Warn) -> Iterator[Any]:  # noqa: ARG002
        """The draft that says what each edition says."""
        kind = get_kind(self.name)
        for content in contents():
            if content["kind"] == self.name:
                yield kind.draft_of_content(content)


def parse_as(
    model: type[BaseModel], bundle: Bundle, *, extra_errors: Sequence[BundleError] = ()
) -> Any:
    """The bundle's data, but for `kind`, as a model. Raises `BundleRefused` with every error.

    `extra_errors` stand for those that the model has against the file as a whole.
    """
    errors = list(extra_errors)
    parsed = None
    try:
        parsed = model.model_validate({k: v for k, v in bundle.data.items() if k != "kind"})
    except ValidationError as error:
        errors += explain(error, bundle, model, whole=not extra_errors)
    if errors:
        raise BundleRefused(sorted(errors))
    return parsed


def data_of_model(model: BaseModel) -> dict[str, Any]:
    """A model as bundle data: fields in order, defaults left out, multi-line text ended."""
    data: dict[str, Any] = end_lines(model.model_dump(mode="json", exclude_defaults=True))
    return data


def end_lines(value: Any) -> Any:
    """Give every multi-line text a final line feed.

    Drafts hold Markdown without one; in a file, with one it reads `|` and without one `|-`.
    """
    if isinstance(value, dict):
        return {key: end_lines(member) for key, member in value.items()}
    if isinstance(value, list):
        return [end_lines(item) for item in value]
    return f"{value}\n" if isinstance(value, str) and "\n" in value else value


_bundle_kinds: dict[str, BundleKind] = {}


def register_bundle_kind(kind: BundleKind) -> None:
    """Make a kind of bundle known. Called once, from the app's `ready()`."""
    _bundle_kinds[kind.name] = kind


def find_bundle_kind(name: object) -> BundleKind | None:
    """The kind of that name, or None."""
    return _bundle_kinds.get(name) if isinstance(name, str) else None


def list_bundle_kinds() -> list[BundleKind]:
    """All kinds, in the order in which they are saved."""
    return sorted(_bundle_kinds.values(), key=lambda kind: (kind.order, kind.name))
