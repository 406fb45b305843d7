"""What protocol bundles mean."""

from collections.abc import Iterator
from typing import Any

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError
from calfcms.bundles.explaining import list_repeated
from calfcms.publishing.bundles import DocumentBundles
from triage.definition import ProtocolDraft

UNMARKED_LOCALE = "en"
"""The locale that the names of files leave out."""

NAMESPACES = (
    (("findings", "scores"), "id"),
    (("rules",), "id"),
    (("causes",), "id"),
    (("dispositions",), "urgency"),
    (("regions",), "code"),
    (("case_sets",), "id"),
)
"""Lists whose entries go by a key that no other entry there may have."""


class ProtocolBundles(DocumentBundles):
    """`triage/<slug>.yaml`, with the locale in the name unless it is English."""

    name = "protocol"
    order = 30
    folder = "triage"
    draft_model = ProtocolDraft

    def path_of(self, parsed: Any) -> str:
        """`triage/calf-pain.yaml`."""
        locale = "" if parsed.locale == UNMARKED_LOCALE else f".{parsed.locale}"
        return f"{self.folder}/{parsed.slug}{locale}.yaml"

    def list_errors(self, bundle: Bundle) -> list[BundleError]:
        """Ids that are used twice, each on its line."""
        namespaces = [
            [entry for member in members for entry in _walk_ids(bundle.data, member, key)]
            for members, key in NAMESPACES
        ]
        cases = list(_walk_case_ids(bundle.data))
        return [error for ids in (*namespaces, cases) for error in list_repeated(bundle, ids)]


def _walk_ids(value: Any, member: str, key: str) -> Iterator[tuple[str, str]]:
    """Ids with their pointers, in data that nobody has checked yet."""
    for position, part in _walk_parts(value, member):
        if isinstance(part.get(key), str):
            yield part[key], f"/{member}/{position}/{key}"


def _walk_case_ids(data: Any) -> Iterator[tuple[str, str]]:
    """The ids of the cases of all sets."""
    for position, case_set in _walk_parts(data, "case_sets"):
        for case_id, pointer in _walk_ids(case_set, "cases", "id"):
            yield case_id, f"/case_sets/{position}{pointer}"


def _walk_parts(value: Any, member: str) -> Iterator[tuple[int, dict[str, Any]]]:
    parts = value.get(member)
    for position, part in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            yield position, part
