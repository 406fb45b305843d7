"""Making a key for a partner."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import Refused, refuse
from calfcms.syndication.actions.events import describe_key, record_partner_event
from calfcms.syndication.actions.locks import lock_partner
from calfcms.syndication.checks import list_key_problems
from calfcms.syndication.keys import PREFIX_LENGTH, hash_key, make_secret
from calfcms.syndication.models import Key, Partner, Scope
from calfcms.syndication.rights import require_scopes


@dataclass(frozen=True)
class MadeKey:
    """A new key, and its secret: kept nowhere, so this is the one time that it can be shown."""

    key: Key
    secret: str = field(repr=False)


@transaction.atomic
def make_key(
    *,
    partner: Partner,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None,
    by: User,
    at: datetime,
) -> MadeKey:
    """Make a key that opens these scopes until it expires; None for never.

    Raises `Refused` with every reason at once, or where `by` lacks a right that a scope gives away
    (`calfcms.syndication.rights`).
    """
    problems = list_key_problems(name=name, scopes=scopes, expires_at=expires_at, at=at)
    require_scopes(by, {Scope(scope) for scope in scopes if scope in Scope.values})
    if problems:
        raise Refused(problems)
    partner = lock_partner(partner)
    require_open(partner)
    made = insert_key(partner, name.strip(), sorted(set(scopes)), expires_at, by, at)
    details = describe_key(made.key)
    record_partner_event(action="key.made", partner=partner, by=by, at=at, details=details)
    return made


def require_open(partner: Partner) -> None:
    """Refuse a partner that is closed: its keys open nothing."""
    if not partner.is_active:
        raise refuse(
            "partner_closed",
            f"{partner.name} is closed: none of its keys opens anything.",
            "Open the partner first.",
        )


def insert_key(
    partner: Partner,
    name: str,
    scopes: list[str],
    expires_at: datetime | None,
    by: User,
    at: datetime,
) -> MadeKey:
    """The row of a new key. Only for actions, which check and record."""
    secret = make_secret()
    while Key.objects.filter(prefix=secret[:PREFIX_LENGTH]).exists():
        secret = make_secret()
    key = Key.objects.create(
        partner=partner,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        hash=hash_key(secret),
        scopes=scopes,
        created_at=at,
        created_by=by,
        expires_at=expires_at,
    )
    return MadeKey(key, secret)
