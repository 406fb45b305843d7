"""A partner's word about a recall."""

from datetime import datetime

from django.db import transaction

from calfcms.publishing.models import Recall
from calfcms.syndication.models import Key, RecallAcknowledgement


@transaction.atomic
def acknowledge_recall(
    *, recall: Recall, key: Key, edition_removed: bool, note: str, at: datetime
) -> tuple[RecallAcknowledgement, bool]:
    """Keep that the partner knows of the recall, or that the edition is gone; whether it is news.

    Each is said once: what was said first stands, so that saying it again changes nothing. No
    event: the audit log is for what people with accounts do, and these rows cannot change either.
    """
    return RecallAcknowledgement.objects.get_or_create(
        recall=recall,
        partner=key.partner,
        edition_removed=edition_removed,
        defaults={"key": key, "note": note.strip(), "acknowledged_at": at},
    )
