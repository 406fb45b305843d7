"""People who look after partners, and a partner."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from calfcms.accounts.groups import AUDITOR, PARTNER_MANAGER
from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.models import Partner


def join_group(username: str, group: str) -> User:
    """Somebody of this group, with a log-in to the admin."""
    person = User.objects.create_user(username, password=None, is_staff=True)
    person.groups.set([Group.objects.get(name=group)])
    return person


@pytest.fixture
def manager(db: None) -> User:
    """Looks after partners."""
    return join_group("manager", PARTNER_MANAGER)


@pytest.fixture
def auditor(db: None) -> User:
    """Reads the audit log."""
    return join_group("auditor", AUDITOR)


def build_partner(**changes: Any) -> Partner:
    """A partner that is not saved yet."""
    columns: dict[str, Any] = {
        "slug": "city-clinic",
        "name": "City Clinic",
        "contact_email": "web@clinic.example",
        "attribution": "From the Demo Library",
        "allowed_origins": ["https://clinic.example"],
        "calls_per_minute": None,
    }
    return Partner(**(columns | changes))


@pytest.fixture
def partner(manager: User, at: datetime) -> Partner:
    """A clinic's web site."""
    return save_partner(partner=build_partner(), by=manager, at=at)
