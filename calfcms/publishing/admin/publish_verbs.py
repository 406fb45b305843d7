"""What the buttons of the publish page do: each reads its form and calls one action."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.cancel_schedule import cancel_schedule
from calfcms.publishing.actions.extend_review import extend_review
from calfcms.publishing.actions.publish import publish_together
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.admin.pages.form_fields import read_date, read_instant, read_text
from calfcms.publishing.models import Document, Schedule, Verb
from calfcms.publishing.problem import refuse

Act = Callable[[HttpRequest, Document, User, datetime], str]
"""Does it and says so; raises `Refused`."""


def _publish(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    keys = [key for key in request.POST.getlist("together") if _is_uuid(key)]
    others = list(Document.objects.filter(pk__in=keys).exclude(pk=document.pk))
    editions = publish_together(documents=[document, *others], by=by, at=at)
    names = ", ".join(f"edition {e.number} of {e.document.slug}" for e in editions)
    return f"Published: readers get {names} from now on."


def _schedule_publish(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    due_at = read_instant(request, "due_at", "time of publication")
    schedule(document=document, verb=Verb.PUBLISH, due_at=due_at, by=by, at=at)
    return f"It will be published on {_say(due_at)}, if it is still what was signed then."


def _schedule_withdraw(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    due_at = read_instant(request, "due_at", "time of withdrawal")
    schedule(
        document=document,
        verb=Verb.WITHDRAW,
        due_at=due_at,
        by=by,
        at=at,
        reason=read_text(request, "reason"),
        replacement=read_text(request, "replacement"),
    )
    return f"It will be withdrawn on {_say(due_at)}."


def _cancel(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    key = read_text(request, "schedule")
    planned = get_object_or_404(
        Schedule, document=document, pk=key if key.isascii() and key.isdecimal() else 0
    )
    cancel_schedule(schedule=planned, by=by, at=at)
    return "The plan is called off."


def _withdraw(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    withdraw(
        document=document,
        by=by,
        at=at,
        reason=read_text(request, "reason"),
        replacement=read_text(request, "replacement"),
    )
    return "Withdrawn: readers are told that it is gone, and why."


def _break_glass(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    if read_text(request, "confirmation") != document.slug:
        raise refuse(
            "not_confirmed",
            f"To publish unsigned, type the name of the page: {document.slug}",
            "Look again whether nobody can sign it in time.",
            "/confirmation",
        )
    edition = break_glass(
        document=document,
        by=by,
        at=at,
        reason=read_text(request, "reason"),
        deadline_at=read_instant(request, "deadline_at", "deadline"),
    )
    return f"Edition {edition.number} is live without a signature. Have it signed in time."


def _extend_review(request: HttpRequest, document: Document, by: User, at: datetime) -> str:
    until = read_date(request, "until", "day until which it may stay")
    extend_review(document=document, by=by, at=at, until=until, reason=read_text(request, "reason"))
    return f"It may stay until {until:%-d %B %Y}; readers still see that its review is due."


VERBS: Final[Mapping[str, tuple[str, Act]]] = {
    "publish": ("publish", _publish),
    "schedule_publish": ("publish", _schedule_publish),
    "schedule_withdraw": ("withdraw", _schedule_withdraw),
    "cancel": ("", _cancel),
    "withdraw": ("withdraw", _withdraw),
    "break_glass": ("break_glass", _break_glass),
    "extend_review": ("extend_review", _extend_review),
}
"""The value of the button `do`: the right that it needs, and what it does. What may be cancelled
depends on the plan, so that action asks itself."""

RIGHTS: Final = ("publish", "withdraw", "break_glass", "extend_review")
"""Whoever has one of these may open the page."""


def _say(at: datetime) -> str:
    return f"{at:%-d %B %Y, %H:%M} UTC"


def _is_uuid(key: str) -> bool:
    return len(key) == 36 and all(c in "0123456789abcdef-" for c in key)
