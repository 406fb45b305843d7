"""`manage.py retry_jobs`: once the cause is mended, try again what the worker gave up."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from calfcms.jobs.actions.retry import retry_failed


class Command(BaseCommand):
    """Makes jobs that were given up due again, and names them."""

    help = "Makes jobs that the worker gave up due again."

    def handle(self, **options: Any) -> None:
        keys = retry_failed(at=timezone.now())
        for key in keys:
            self.stdout.write(key)
        self.stdout.write(f"{len(keys)} jobs are due again.")
