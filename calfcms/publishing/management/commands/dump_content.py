"""`manage.py dump_content PATH`: content and shared lists as bundles in a folder."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from calfcms.bundles.writing import write_yaml
from calfcms.publishing.bundles import list_bundle_kinds
from calfcms.publishing.kinds import Content
from calfcms.publishing.selectors import list_editions_as_of

CHUNK = 20
"""Editions read at once."""


class Command(BaseCommand):
    """Writes what `load_content` reads. Other files in the folder are left alone."""

    help = "Write all drafts, or all that is live, as bundles (YAML) into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and of what."""
        parser.add_argument("path", type=Path, help="the folder to write to; made where missing")
        parser.add_argument(
            "--live",
            action="store_true",
            help="what readers get now, with the shared rows as they were published; not drafts",
        )

    def handle(self, *, path: Path, live: bool, **_: Any) -> None:
        """Read everything as it is at one moment, and write the files that differ."""
        if path.is_file():
            raise CommandError(f"{path} is a file. Name a folder.")
        bundles = _list_live_bundles(timezone.now(), self.stderr.write) if live else _list_drafts()
        for name, text in bundles:
            outcome = _write_if_different(path / name, text)
            self.stdout.write(f"{outcome:<9}  {(path / name).as_posix()}")


@transaction.atomic
def _list_drafts() -> Iterable[tuple[str, str]]:
    return [(path, write_yaml(data)) for kind in list_bundle_kinds() for path, data in kind.dump()]


def _list_live_bundles(at: datetime, warn: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """One bundle at a time, so that memory does not grow with what there is."""
    contents = partial(_read_contents, at)
    for kind in list_bundle_kinds():
        for path, data in kind.dump_live(contents, warn=warn):
            yield path, write_yaml(data)


def _read_contents(at: datetime) -> Iterator[Content]:
    for edition in list_editions_as_of(at=at).iterator(chunk_size=CHUNK):
        yield edition.read_content()


def _write_if_different(path: Path, text: str) -> str:
    raw = text.encode()
    if path.is_file() and path.read_bytes() == raw:
        return "unchanged"
    path.parent.mkdir(parents=True, exist_ok=True)
    outcome = "changed" if path.exists() else "created"
    path.write_bytes(raw)
    return outcome
