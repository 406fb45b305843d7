"""`manage.py make_key PARTNER`: a key for a partner, for scripts that set a deployment up."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from calfcms.publishing.problem import Refused
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.models import Partner, Scope


class Command(BaseCommand):
    """Prints the secret and nothing else, once; only its hash is kept."""

    help = "Make a key for a partner and print its secret, which is shown only this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For whom, in whose name, what it opens and for how long."""
        parser.add_argument("partner", help="the partner's short name")
        parser.add_argument(
            "--by", metavar="USERNAME", required=True, help="who makes it; their rights count"
        )
        parser.add_argument("--name", required=True, help="where it will be used")
        parser.add_argument(
            "--scope",
            action="append",
            required=True,
            choices=Scope.values,
            help="what it opens; may be repeated",
        )
        parser.add_argument(
            "--days", type=int, default=365, help="how long it is good for; 0 for ever"
        )

    def handle(
        self, *, partner: str, by: str, name: str, scope: list[str], days: int, **_: Any
    ) -> None:
        """Make it, or say why not."""
        now = timezone.now()
        try:
            made = make_key(
                partner=_find(Partner.objects.filter(slug=partner).first(), "partner", partner),
                name=name,
                scopes=scope,
                expires_at=now + timedelta(days=days) if days else None,
                by=_find(User.objects.filter(username=by).first(), "account", by),
                at=now,
            )
        except Refused as refused:
            raise CommandError(f"{refused}\nNo key was made.") from refused
        self.stdout.write(made.secret)


def _find(found: Any, what: str, name: str) -> Any:
    if found is None:
        raise CommandError(f"There is no {what} {name}. No key was made.")
    return found
