"""What must follow whatever is live, in the same transaction: the search index, for one.

Apps above this one add a follower when Django starts, so that imports keep pointing one way.
"""

from datetime import datetime
from typing import Protocol

from calfcms.publishing.models import Document, Edition


class Follower(Protocol):
    """Told inside the transaction that changes what is live; `edition` is None for nothing."""

    def __call__(self, document: Document, edition: Edition | None, *, at: datetime) -> None: ...


_followers: list[Follower] = []


def add_follower(follower: Follower) -> None:
    """Have it told of every change. Called once, from the app's `ready()`."""
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(document: Document, edition: Edition | None, *, at: datetime) -> None:
    """Say that this edition is now live, or nothing. What a follower raises undoes the change."""
    for follower in _followers:
        follower(document, edition, at=at)
