"""`manage.py forget_evaluations`: delete evaluations that were logged, before their time."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from triage.actions.forget_evaluations import forget_evaluations


class Command(BaseCommand):
    """Says how many it deleted."""

    help = "Delete logged evaluations: before a day, of a protocol (or both), or all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument(
            "--before", metavar="DATE", type=date.fromisoformat, help="of days before this one"
        )
        parser.add_argument("--protocol", metavar="SLUG", help="of this protocol")
        parser.add_argument("--all", dest="everything", action="store_true", help="every one")

    def handle(
        self, *, before: date | None, protocol: str | None, everything: bool, **_: Any
    ) -> None:
        """Delete them, or say what is missing."""
        is_chosen = before is not None or protocol is not None
        if is_chosen == everything:
            raise CommandError(
                "Say which: --before DATE, --protocol SLUG or both, or else --all. "
                "Nothing was deleted."
            )
        number = forget_evaluations(before=before, protocol=protocol)
        self.stdout.write(f"{number} logged evaluations deleted.")
