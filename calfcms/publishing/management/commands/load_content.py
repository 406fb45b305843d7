"""`manage.py load_content PATH`: bundles into drafts, and in local mode onto the site."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from calfcms.bundles.errors import BundleRefused
from calfcms.publishing.actions.load_bundles import LoadedFile, load_bundles
from calfcms.publishing.bundle_files import ParsedFile, read_files
from calfcms.publishing.demonstration import (
    publish_as_demonstration,
    refuse_outside_local_mode,
)
from calfcms.publishing.operators import get_operator
from calfcms.publishing.problem import Refused


class Command(BaseCommand):
    """Loads all files or none. Loading what is there already changes nothing."""

    help = "Load content bundles (YAML): one file, or all in a folder. Refuses all if one is bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The path, what to do with it, and in whose name."""
        parser.add_argument("path", type=Path, help="a bundle, or a folder of bundles")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="submit, sign and publish everything as demonstration people (local mode only)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument(
            "--by", metavar="USERNAME", help="who loads; in local mode the demonstration editor"
        )

    def handle(self, *, path: Path, publish: bool, dry_run: bool, by: str, **_: Any) -> None:
        """Read everything, then save everything in one transaction."""
        try:
            files = read_files(path)
            with transaction.atomic():
                self._load(files, by=by, at=timezone.now(), publish=publish, dry_run=dry_run)
        except BundleRefused as refused:
            raise CommandError(f"{refused}\nNothing was loaded.") from refused
        except Refused as refused:
            raise CommandError(f"{refused}\nNothing was loaded.") from refused

    def _load(
        self, files: list[ParsedFile], *, by: str | None, at: datetime, publish: bool, dry_run: bool
    ) -> None:
        if publish:
            refuse_outside_local_mode()
        loaded = load_bundles(files=files, by=get_operator(by, option="--by"), at=at)
        for one in loaded:
            self._report(one)
        if publish:
            self._publish(loaded, at)
        if dry_run:
            transaction.set_rollback(True)
            self.stdout.write("Dry run: nothing was written.")

    def _report(self, loaded: LoadedFile) -> None:
        self.stdout.write(f"{loaded.saved.outcome:<9}  {loaded.file.source}")
        if not loaded.file.is_canonical:
            self.stderr.write(
                f"{loaded.file.source}: not in canonical form; dump_content writes it differently"
            )

    def _publish(self, loaded: list[LoadedFile], at: datetime) -> None:
        documents = [one.saved.document for one in loaded if one.saved.document]
        for edition in publish_as_demonstration(documents=documents, at=at):
            self.stdout.write(f"published  {edition}, {edition.digest}")
