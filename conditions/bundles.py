"""What condition bundles, and the bundles of references, publishers and topics, mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from pydantic import BaseModel, ConfigDict

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError
from calfcms.bundles.explaining import list_repeated
from calfcms.json_pointer import pointer_to
from calfcms.publishing.bundles import (
    BundleKind,
    Contents,
    DocumentBundles,
    Outcome,
    Saved,
    Warn,
    data_of_model,
    parse_as,
    register_bundle_kind,
)
from calfcms.publishing.kinds import Content
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.draft import ConditionDraft, PublisherDraft, ReferenceDraft, TopicDraft
from conditions.selectors import list_publishers, list_references, list_topics

PARTS = ("sections", "causes", "red_flags", "faqs", "figures")


class ConditionBundles(DocumentBundles):
    """`conditions/<slug>.<locale>.yaml`."""

    name = "condition"
    order = 20
    folder = "conditions"
    draft_model = ConditionDraft

    def list_errors(self, bundle: Bundle) -> list[BundleError]:
        """Part ids that are used twice, each on its line."""
        return list_repeated(bundle, list(_walk_part_ids(bundle.data, "", PARTS)))


def _walk_part_ids(value: Any, pointer: str, members: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Part ids with their pointers, in data that nobody has checked yet."""
    for member in members:
        parts = value.get(member)
        for position, part in enumerate(parts if isinstance(parts, list) else []):
            here = pointer_to(pointer_to(pointer, member), position)
            if isinstance(part, dict):
                if isinstance(part.get("id"), str):
                    yield part["id"], f"{here}/id"
                yield from _walk_part_ids(part, here, ("sections",))


class Listed(BaseModel):
    """A bundle that lists shared rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ListedReferences(Listed):
    """`references.yaml`."""

    references: tuple[ReferenceDraft, ...]


class ListedPublishers(Listed):
    """`publishers.yaml`."""

    publishers: tuple[PublisherDraft, ...]


class ListedTopics(Listed):
    """`topics.yaml`."""

    topics: tuple[TopicDraft, ...]


@dataclass(frozen=True)
class SharedBundles(BundleKind):
    """One file that lists rows which many pages share. Rows that it leaves out stay as they are."""

    name: str
    key: str
    """What an entry goes by: `key` or `slug`."""
    model: type[Listed]
    save_entry: Callable[[Any, User, datetime], Outcome]
    list_entries: Callable[[], Sequence[BaseModel]]
    read_entries: Callable[[Content], Sequence[Content]]
    """The entries that a content has written out."""
    order: int = 10

    def parse(self, bundle: Bundle) -> Any:
        """The entries, each key once."""
        entries = bundle.data.get(self.name)
        named = [
            (entry[self.key], f"/{self.name}/{position}/{self.key}")
            for position, entry in enumerate(entries if isinstance(entries, list) else [])
            if isinstance(entry, dict) and isinstance(entry.get(self.key), str)
        ]
        return parse_as(self.model, bundle, extra_errors=list_repeated(bundle, named))

    def path_of(self, parsed: Any) -> str:  # noqa: ARG002 - there is one such file
        """`references.yaml`."""
        return f"{self.name}.yaml"

    def data_of(self, parsed: Any) -> dict[str, Any]:
        """The entries, by key."""
        entries = sorted(getattr(parsed, self.name), key=lambda entry: getattr(entry, self.key))
        return {"kind": self.name, self.name: [data_of_model(entry) for entry in entries]}

    def save(self, parsed: Any, *, by: User, at: datetime) -> Saved:
        """Save each entry through its action."""
        outcomes = {self.save_entry(entry, by, at) for entry in getattr(parsed, self.name)}
        if len(outcomes) > 1:
            return Saved(Outcome.CHANGED)
        return Saved(outcomes.pop() if outcomes else Outcome.UNCHANGED)

    def list_stored(self) -> Iterator[Any]:
        """One list of everything, or nothing."""
        if entries := self.list_entries():
            yield self.model.model_validate({self.name: entries})

    def list_live(self, contents: Contents, *, warn: Warn) -> Iterator[Any]:
        """One list of every entry as the newest edition that has it says, or nothing."""
        newest: dict[str, Content] = {}
        for content in contents():
            for entry in self.read_entries(content):
                before = newest.setdefault(entry[self.key], entry)
                if before != entry:
                    warn(self._say_changed(entry[self.key], content))
                newest[entry[self.key]] = entry
        if newest:
            yield self.model.model_validate({self.name: list(newest.values())})

    def _say_changed(self, key: str, content: Content) -> str:
        page = f"{content['kind']} {content['slug']} ({content['locale']})"
        return (
            f"{self.name}: {key!r} was published in different words; the bundle has those of "
            f"{page} or of a later edition, so editions with the others will not load as they were."
        )


def register_bundles() -> None:
    """Make these bundles known to the commands. Called once from `ready()`."""
    register_bundle_kind(
        SharedBundles(
            name="references",
            key="key",
            model=ListedReferences,
            save_entry=lambda entry, by, at: save_reference(reference=entry, by=by, at=at),
            list_entries=list_references,
            read_entries=lambda content: content["references"],
        )
    )
    register_bundle_kind(
        SharedBundles(
            name="publishers",
            key="slug",
            model=ListedPublishers,
            save_entry=lambda entry, by, at: save_publisher(publisher=entry, by=by, at=at),
            list_entries=list_publishers,
            read_entries=lambda content: [content["publisher"]],
        )
    )
    register_bundle_kind(
        SharedBundles(
            name="topics",
            key="slug",
            model=ListedTopics,
            save_entry=lambda entry, by, at: save_topic(topic=entry, by=by, at=at),
            list_entries=list_topics,
            read_entries=lambda content: content.get("topics", []),
        )
    )
    register_bundle_kind(ConditionBundles())
