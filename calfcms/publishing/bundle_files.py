"""Bundles as files: finding and reading them all before anything is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError, BundleRefused
from calfcms.bundles.reading import MAX_BYTES, read_bytes
from calfcms.bundles.writing import write_yaml
from calfcms.publishing.bundles import BundleKind, find_bundle_kind, list_bundle_kinds


@dataclass(frozen=True)
class ParsedFile:
    """One file that is fit to be saved."""

    bundle: Bundle
    kind: BundleKind
    parsed: Any
    is_canonical: bool
    """Whether `dump_content` would write these very bytes."""

    @property
    def source(self) -> str:
        """The file's name, as it was given."""
        return self.bundle.source


def read_files(path: Path) -> list[ParsedFile]:
    """The bundle at this path, or all bundles in and below this folder, in the order of saving.

    Raises `BundleRefused` with every error in every file.
    """
    files: list[ParsedFile] = []
    errors: list[BundleError] = []
    for file in _list_paths(path):
        try:
            files.append(_read_file(file))
        except BundleRefused as refused:
            errors += refused.errors
    errors += _list_clashes(files)
    if errors:
        raise BundleRefused(errors)
    return sorted(files, key=lambda file: (file.kind.order, file.kind.path_of(file.parsed)))


def _list_paths(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())
    if not found:
        hint = "Name a bundle, or a folder with bundles (*.yaml)."
        raise BundleRefused([BundleError(str(path), 1, "There is no bundle here.", hint)])
    return found


def _read_file(path: Path) -> ParsedFile:
    source = path.as_posix()
    if path.suffix != ".yaml":
        message = "The name of a bundle ends in `.yaml`."
        raise BundleRefused([BundleError(source, 1, message, "Rename the file.")])
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    bundle = read_bytes(raw, source=source)
    kind = find_bundle_kind(bundle.kind)
    if kind is None:
        raise BundleRefused([_unknown_kind(bundle)])
    parsed = kind.parse(bundle)
    is_canonical = write_yaml(kind.data_of(parsed)).encode() == raw
    return ParsedFile(bundle, kind, parsed, is_canonical)


def _unknown_kind(bundle: Bundle) -> BundleError:
    known = ", ".join(kind.name for kind in list_bundle_kinds())
    hint = f"Write one of {known} as the value of `kind`."
    if bundle.kind is None:
        return bundle.error_at("", "`kind` is missing.", hint)
    return bundle.error_at("/kind", f"There is no kind of bundle named `{bundle.kind}`.", hint)


def _list_clashes(files: Iterable[ParsedFile]) -> list[BundleError]:
    """Two files for one thing: which of them should win?"""
    first: dict[str, ParsedFile] = {}
    errors = []
    for file in files:
        place = file.kind.path_of(file.parsed)
        earlier = first.setdefault(place, file)
        if earlier is not file:
            message = f"This is {place} once more; {earlier.source} is it already."
            hint = "Delete one of the two files, or change the slug or the locale of one."
            pointer = "/slug" if "/slug" in file.bundle.marks else "/kind"
            errors.append(file.bundle.error_at(pointer, message, hint))
    return errors
