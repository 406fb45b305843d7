"""`manage.py verify_audit`: walk the hash chain of the audit log and say where it breaks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calfcms.publishing.models import AuditHead
from calfcms.publishing.selectors import find_audit_break


class Command(BaseCommand):
    """Exit code 0 when the log is whole, 1 with the first break when it is not."""

    help = "Walks the audit log's hash chain and says where it breaks."

    def handle(self, **options: Any) -> None:
        if found := find_audit_break():
            raise CommandError(
                f"The audit log is broken at event {found.seq}. {found.message} "
                "Keep this database as evidence, and compare it with your last backup."
            )
        self.stdout.write(f"The audit log is whole: {AuditHead.objects.get().seq} events.")
