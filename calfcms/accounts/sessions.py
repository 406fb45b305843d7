"""What a session knows of its log-in: when it was, and that a second factor was shown."""

from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

_STARTED = "calfcms_started_at"
_SECOND_FACTOR = "calfcms_second_factor"


def start_session(request: HttpRequest) -> None:
    """Remember when somebody logged in."""
    request.session[_STARTED] = timezone.now().isoformat()


def is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the log-in is too long ago, however busy the session was since."""
    started = request.session.get(_STARTED)
    if started is None:
        return False
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return at >= datetime.fromisoformat(started) + age


def note_second_factor(request: HttpRequest) -> None:
    """Remember that a second factor was set up in this session."""
    request.session[_SECOND_FACTOR] = True


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session showed a second factor, at its log-in, later, or by setting one up.

    That the account has one is not enough: a session that began with the password alone, before
    there was a second factor, would stay open to whoever knew the password.
    """
    if request.session.get(_SECOND_FACTOR):
        return True
    return any(step["method"] == "mfa" for step in get_authentication_records(request, user))
