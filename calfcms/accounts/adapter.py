"""How allauth behaves here: nobody signs up, and log-ins are seen."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from calfcms.accounts.audit import name_account, record
from calfcms.accounts.sessions import start_session

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators; every log-in is an event."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many failed log-ins. Wait 15 minutes and try again: until then the right "
            "password is refused too. A passkey works."
        ),
        "username_password_mismatch": (
            "This is not the right username and password. Five wrong ones, and the account is "
            "closed to passwords for 15 minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session; called when every step of the log-in is done."""
        with transaction.atomic():
            super().login(request, user)
            start_session(request)
            record(
                action="account.logged_in",
                by=user,
                at=timezone.now(),
                subject=name_account(user),
                methods=[_name(step) for step in get_authentication_records(request, user)],
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A line in the log. A name that no account has may be a mistyped password: not said."""
        username = str(credentials.get("username", ""))
        is_known = User.objects.filter(username=username).exists()
        logger.warning(
            "Failed log-in as %s from %s",
            username if is_known else "an account that does not exist",
            self.get_client_ip(request),
        )


def _name(step: dict[str, Any]) -> str:
    return str(step.get("type") or step["method"])
