"""A partner with a key, so that a newcomer to local mode can try what keys open."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.demonstration import refuse_outside_local_mode
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.models import Partner, Scope

SLUG: Final = "demo-clinic"
YEAR: Final = timedelta(days=365)


@transaction.atomic
def make_demonstration_partner(*, at: datetime) -> list[str]:
    """Make it where it is not there yet; then a line with its key, which is shown only once."""
    refuse_outside_local_mode()
    if Partner.objects.filter(slug=SLUG).exists():
        return []
    manager = User.objects.get(username="demo-partner-manager")
    partner = save_partner(
        partner=Partner(
            slug=SLUG,
            name="Demo Clinic (fictional)",
            contact_email="web@demo-clinic.example",
            attribution="Shown with the name of the publisher and the date of the last review.",
            allowed_origins=["https://demo-clinic.example"],
        ),
        by=manager,
        at=at,
    )
    made = make_key(
        partner=partner,
        name="demonstration",
        scopes=[Scope.READ, Scope.TRIAGE],
        expires_at=at + YEAR,
        by=manager,
        at=at,
    )
    return [f"{'partner':<18} {partner.name}: its key, shown only now, is {made.secret}"]
