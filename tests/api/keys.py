"""Keys of partners, for calls that take one."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from calfcms.syndication.keys import hash_key
from calfcms.syndication.models import Key, Partner
from tests.conftest import NOON


def make_key(*scopes: str, partner: str = "acme-clinic", **columns: Any) -> str:
    """The secret of a new key; the partner is made where it is not there."""
    by = User.objects.get_or_create(username="partner-manager")[0]
    owner, _ = Partner.objects.get_or_create(
        slug=partner, defaults={"name": partner.title(), "created_at": NOON, "created_by": by}
    )
    number = Key.objects.count() + 1
    secret = f"calf_{number:07}" + "s" * 36
    at: datetime = NOON
    Key.objects.create(
        partner=owner,
        name=f"key {number}",
        prefix=secret[:12],
        hash=hash_key(secret),
        scopes=list(scopes),
        created_at=at,
        created_by=by,
        **columns,
    )
    return secret


def bearer(secret: str) -> dict[str, str]:
    """The header that a call with this key sends."""
    return {"Authorization": f"Bearer {secret}"}
