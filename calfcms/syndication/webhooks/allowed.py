"""What this deployment allows webhooks to reach beside the internet."""

from functools import lru_cache

from django.conf import settings

from calfcms.syndication.webhooks.addresses import AllowList


def get_allowed() -> AllowList:
    """As the setting `WEBHOOK_ALLOWED_HOSTS` says."""
    return _read(tuple(settings.WEBHOOK_ALLOWED_HOSTS))


_read = lru_cache(maxsize=8)(AllowList.read)
