"""Logging in as somebody in a group, as the migrations made it."""

from django.contrib.auth.models import Group, User
from django.test import Client


def log_in(client: Client, group: str) -> User:
    """A member of staff in that group, logged in."""
    person = User.objects.create_user(f"staff-{group}".lower().replace(" ", "-"), is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return person
