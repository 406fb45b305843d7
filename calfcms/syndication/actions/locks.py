"""Locking a partner, and a key with its partner, in an order that cannot deadlock."""

from calfcms.syndication.models import Key, Partner


def lock_partner(partner: Partner) -> Partner:
    """The partner as it is now, locked until the transaction ends."""
    return Partner.objects.select_for_update().get(pk=partner.pk)


def lock_key(key: Key) -> Key:
    """The key as it is now, locked until the transaction ends, after its partner."""
    lock_partner(key.partner)
    return Key.objects.select_for_update(of=("self",)).select_related("partner").get(pk=key.pk)
