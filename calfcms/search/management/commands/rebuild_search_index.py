"""`manage.py rebuild_search_index`: what search lacks, or all of it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from calfcms.search.actions.fill import fill_index, rebuild_index


class Command(BaseCommand):
    """Does at once what the worker otherwise does bit by bit."""

    help = "Index what search does not find though it is live; with --from-scratch, everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to begin with nothing."""
        parser.add_argument(
            "--from-scratch",
            action="store_true",
            help="throw the index away first, in one transaction: publishing waits meanwhile",
        )

    def handle(self, *, from_scratch: bool, verbosity: int, **_: Any) -> None:
        """Say how many documents were indexed."""
        count = rebuild_index() if from_scratch else sum(fill_index())
        indexed = f"{count} document{'' if count == 1 else 's'} indexed."
        if verbosity:
            self.stdout.write(indexed if count else "The index lacks nothing.")
