"""Adding a partner, and changing what is known of it."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.problem import Problem, Refused
from calfcms.syndication.actions.events import record_partner_event
from calfcms.syndication.checks import list_partner_problems
from calfcms.syndication.models import Partner
from calfcms.syndication.rights import require_right

FIELDS: Final = ("name", "contact_email", "attribution", "allowed_origins", "calls_per_minute")
"""What can be changed later: the short name stays, since sections and editions name it."""
PERSONAL: Final = frozenset({"contact_email"})
"""Of these the log says that they changed, not what they were: it cannot forget."""


@transaction.atomic
def save_partner(*, partner: Partner, by: User, at: datetime) -> Partner:
    """Save it as it is filled in. The event says what each changed field was and is.

    Whether it is open, `close_partner` and `open_partner` say. Raises `Refused`.
    """
    before = Partner.objects.select_for_update().filter(pk=partner.pk).first()
    require_right(by, "change_partner" if before else "add_partner")
    if problems := [*_check_slug(partner, before), *list_partner_problems(partner)]:
        raise Refused(problems)
    changes = _list_changes(before, partner)
    if before is None:
        partner.is_active, partner.created_at, partner.created_by = True, at, by
        partner.save(force_insert=True)
    elif changes:
        partner.save(update_fields=FIELDS)
    if changes:
        action = "partner.changed" if before else "partner.added"
        details = {"changes": changes}
        record_partner_event(action=action, partner=partner, by=by, at=at, details=details)
    return partner


def _check_slug(partner: Partner, before: Partner | None) -> list[Problem]:
    if before and before.slug != partner.slug:
        return [
            Problem(
                "slug_fixed",
                f"The short name {before.slug} stays: sections and editions name it.",
                "Add another partner, and close this one.",
                "/slug",
            )
        ]
    if before is None and Partner.objects.filter(slug=partner.slug).exists():
        return [
            Problem(
                "slug_taken",
                f"There is a partner {partner.slug} already.",
                "Open that one, or choose another short name.",
                "/slug",
            )
        ]
    return []


def _list_changes(before: Partner | None, after: Partner) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in FIELDS:
        was, is_now = getattr(before, name) if before else None, getattr(after, name)
        if was != is_now:
            said = {} if name in PERSONAL else {"before": was, "after": is_now}
            changes[name] = said
    return changes
