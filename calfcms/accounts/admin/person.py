"""Who is at work in the admin."""

from django.contrib.auth.models import User
from django.http import HttpRequest


def get_person(request: HttpRequest) -> User:
    """The account of whoever sent this request; the admin's pages let nobody else in."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101
    return person
