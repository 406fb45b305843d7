"""What allauth says about passwords and second factors, written into the audit log.

allauth has signals and nothing else to hear of it by; they are used here, at its border, alone.
"""

import logging
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.sessions import note_second_factor

logger = logging.getLogger(__name__)


def listen() -> None:
    """Connect; called once, when Django starts."""
    authenticator_added.connect(_record_added, dispatch_uid=__name__)
    authenticator_removed.connect(_record_removed, dispatch_uid=__name__)
    authenticator_reset.connect(_record_renewed, dispatch_uid=__name__)
    authentication_failed.connect(_log_failure, dispatch_uid=__name__)
    password_changed.connect(_record_password, dispatch_uid=__name__)


def _record_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    note_second_factor(request)
    _record("account.second_factor_added", user, factor=authenticator.type)


def _record_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("account.second_factor_removed", user, factor=authenticator.type)


def _record_renewed(user: User, authenticator: Authenticator, **_: Any) -> None:
    _record("account.second_factor_renewed", user, factor=authenticator.type)


def _record_password(user: User, **_: Any) -> None:
    _record("account.password_changed", user)


def _log_failure(user: User, authenticator: Authenticator, **_: Any) -> None:
    logger.warning("Wrong code (%s) for %s", authenticator.type, user.get_username())


def _record(action: str, person: User, **details: Any) -> None:
    record(action=action, by=person, at=timezone.now(), subject=name_account(person), **details)
