"""The keys that sign this deployment's receipts."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings

from triage.receipts import ReceiptKey


def list_receipt_keys() -> Sequence[ReceiptKey]:
    """All keys that receipts are good with; the first one signs new ones."""
    return _derive_all(tuple(settings.RECEIPT_KEYS))


@lru_cache(maxsize=4)
def _derive_all(secrets: tuple[str, ...]) -> Sequence[ReceiptKey]:
    return tuple(ReceiptKey.derive(secret) for secret in secrets)
