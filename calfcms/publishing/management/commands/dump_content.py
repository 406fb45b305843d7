"""`manage.py dump_content PATH`: every draft and every shared list as bundles in a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from calfcms.bundles.writing import write_yaml
from calfcms.publishing.bundles import list_bundle_kinds


class Command(BaseCommand):
    """Writes what `load_content` reads. Other files in the folder are left alone."""

    help = "Write all content as bundles (YAML) into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("path", type=Path, help="the folder to write to; made where missing")

    def handle(self, *, path: Path, **_: Any) -> None:
        """Read everything in one transaction, then write the files that differ."""
        if path.is_file():
            raise CommandError(f"{path} is a file. Name a folder.")
        for name, text in _list_bundles():
            outcome = _write_if_different(path / name, text)
            self.stdout.write(f"{outcome:<9}  {(path / name).as_posix()}")


@transaction.atomic
def _list_bundles() -> list[tuple[str, str]]:
    return [(path, write_yaml(data)) for kind in list_bundle_kinds() for path, data in kind.dump()]


def _write_if_different(path: Path, text: str) -> str:
    raw = text.encode()
    if path.is_file() and path.read_bytes() == raw:
        return "unchanged"
    path.parent.mkdir(parents=True, exist_ok=True)
    outcome = "changed" if path.exists() else "created"
    path.write_bytes(raw)
    return outcome
