"""The bundle of synonyms: `synonyms.yaml`, for `load_content` and `dump_content`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from pydantic import BaseModel, ConfigDict

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.explaining import list_repeated
from calfcms.publishing.bundles import (
    BundleKind,
    Outcome,
    Saved,
    data_of_model,
    parse_as,
    register_bundle_kind,
)
from calfcms.search.actions.save_synonyms import save_synonyms
from calfcms.search.models import SynonymGroup
from calfcms.search.synonym_draft import SynonymDraft


class ListedSynonyms(BaseModel):
    """`synonyms.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    synonyms: tuple[SynonymDraft, ...]


class SynonymBundles(BundleKind):
    """One file that lists all groups. Groups that it leaves out stay as they are."""

    name = "synonyms"
    order = 10

    def parse(self, bundle: Bundle) -> ListedSynonyms:
        """The groups, each once in its locale."""
        groups = bundle.data.get(self.name)
        named = [
            (f"{group.get('locale')}/{group.get('slug')}", f"/{self.name}/{position}/slug")
            for position, group in enumerate(groups if isinstance(groups, list) else [])
            if isinstance(group, dict)
        ]
        errors = list_repeated(bundle, named)
        parsed: ListedSynonyms = parse_as(ListedSynonyms, bundle, extra_errors=errors)
        return parsed

    def path_of(self, parsed: Any) -> str:  # noqa: ARG002 - there is one such file
        """`synonyms.yaml`."""
        return f"{self.name}.yaml"

    def data_of(self, parsed: Any) -> dict[str, Any]:
        """The groups, by locale and slug."""
        groups = sorted(parsed.synonyms, key=lambda group: (group.locale, group.slug))
        return {"kind": self.name, self.name: [data_of_model(group) for group in groups]}

    def save(self, parsed: Any, *, by: User, at: datetime) -> Saved:
        """Save each group through its action."""
        outcomes = {save_synonyms(group=group, by=by, at=at) for group in parsed.synonyms}
        if len(outcomes) > 1:
            return Saved(Outcome.CHANGED)
        return Saved(outcomes.pop() if outcomes else Outcome.UNCHANGED)

    def list_stored(self) -> Iterator[Any]:
        """One list of everything, or nothing."""
        groups = [
            SynonymDraft(slug=row.slug, locale=row.locale, words=tuple(row.words))
            for row in SynonymGroup.objects.order_by("locale", "slug")
        ]
        if groups:
            yield ListedSynonyms(synonyms=tuple(groups))


def register_bundles() -> None:
    """Make these bundles known to the commands. Called once from `ready()`."""
    register_bundle_kind(SynonymBundles())
