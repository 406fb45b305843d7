"""`make run`: the whole product on this machine, with its content and a proof that it works."""

import os
import sys
from pathlib import Path
from textwrap import fill
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from calfcms.local.partner import make_demonstration_partner
from calfcms.local.proof import write_proof
from calfcms.local.scenes import set_the_scene
from calfcms.publishing.demonstration import PASSWORD, make_demonstration_people

ADDRESS = "127.0.0.1"
THREADS = 4


class Command(BaseCommand):
    """Migrate, load and publish `fixtures/`, show the proof, serve. Changes nothing twice."""

    help = "Runs calfcms on this machine with its first content (local mode only)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-server", action="store_true", help="Stop after the proof.")

    def handle(self, *, port: int, no_server: bool, **options: Any) -> None:
        (settings.BASE_DIR / "var").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
        people = make_demonstration_people()
        call_command("load_content", os.path.relpath(settings.BASE_DIR / "fixtures"), publish=True)
        call_command("rebuild_search_index", verbosity=0)  # there is no worker that would do it
        for line in set_the_scene(at=timezone.now()):
            self.stdout.write(line)
        for line in make_demonstration_partner(at=timezone.now()):
            self.stdout.write(line)
        self._show_proof()
        self._show_addresses(port, people)
        if not no_server:
            _serve(port)

    def _show_proof(self) -> None:
        self.stdout.write("")
        for line in write_proof():
            self.stdout.write(line)

    def _show_addresses(self, port: int, people: list[str]) -> None:
        base = f"http://{ADDRESS}:{port}"
        self.stdout.write(
            f"\nOpen:\n"
            f"  {base}/api/v1/docs                    the API, to read and to try\n"
            f"  {base}/api/v1/conditions              what is published\n"
            f"  {base}/admin/                         log in as one of\n"
            f"{_wrap(people)}\n"
            f"                                           password of each: {PASSWORD}\n"
            f"\nInformation, not a diagnosis. The reviewers shown are fictional. Ctrl-C stops.\n"
        )
        self.stdout.flush()


def _wrap(people: list[str]) -> str:
    indent = " " * 45
    return fill(
        ", ".join(people),
        100,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _serve(port: int) -> None:
    os.environ.setdefault("SITE_URL", f"http://{ADDRESS}:{port}")
    granian = str(Path(sys.executable).with_name("granian"))
    os.execv(  # noqa: S606 - our own server, our own arguments
        granian,
        [
            granian,
            "--interface=wsgi",
            f"--host={ADDRESS}",
            f"--port={port}",
            "--workers=1",
            f"--blocking-threads={THREADS}",
            "--log-level=warning",
            "calfcms.wsgi:application",
        ],
    )
