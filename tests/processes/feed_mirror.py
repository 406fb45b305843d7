"""A partner that mirrors what is live by polling the feed, until it is told to stop.

It makes the people who publish. At its end it prints, as JSON, what it saw and what its copy holds,
beside what the audit log and the server say.
"""

import json  # noqa: I001 - Django must be started first
import sys
from threading import Event as Flag
from threading import Thread
from typing import Any

from tests.processes.scene import prepare_people

from django.test import Client

from calfcms.publishing.models import Event
from calfcms.publishing.selectors import FEED_ACTIONS, find_audit_break

client = Client(SERVER_NAME="localhost")
PAGE = 3
"""So small that the feed is read in the middle of what happens together."""


def read(url: str) -> Any:
    """The JSON at that address."""
    response = client.get(url)
    assert response.status_code == 200, response.content
    return response.json()


def apply(copy: dict[str, Any], item: dict[str, Any]) -> None:
    """What docs/api.md tells mirrors to do."""
    slug = item["slug"]
    if item["type"] == "published":
        copy[slug] = read(item["url"])
    elif item["type"] == "withdrawn" or copy.get(slug, {}).get("edition") == item["edition"]:
        copy.pop(slug, None)


def mirror(is_over: Flag) -> dict[str, Any]:
    """Poll until it is over and nothing is new."""
    copy: dict[str, Any] = {}
    seen: list[list[Any]] = []
    seen_in_time, url = 0, f"/api/v1/changes?limit={PAGE}"
    while True:
        was_over = is_over.is_set()
        page = read(url)
        for item in page["items"]:
            apply(copy, item)
            seen.append([item["type"], item["slug"], item["edition"]])
        seen_in_time = seen_in_time if was_over else len(seen)
        url = f"/api/v1/changes?limit={PAGE}&cursor={page['cursor']}"
        if was_over and not page["items"]:
            return {"seen": seen, "seen_in_time": seen_in_time, "copy": copy}


def read_server() -> dict[str, Any]:
    """What the server says is live."""
    cards = read("/api/v1/conditions?limit=100")
    assert cards["next"] is None
    return {card["slug"]: read(f"/api/v1/conditions/{card['slug']}") for card in cards["items"]}


def wait_for_word(is_over: Flag) -> None:
    """Until somebody says on standard input that it is over."""
    sys.stdin.readline()
    is_over.set()


def read_log() -> list[list[Any]]:
    """What the audit log says that readers were to be told, in the order of commits."""
    assert find_audit_break() is None
    events = Event.objects.filter(action__in=FEED_ACTIONS).order_by("seq")
    return [[e.action.removeprefix("edition."), e.subject.split()[1], e.edition] for e in events]


if __name__ == "__main__":
    over = Flag()
    prepare_people()
    print("ready", flush=True)  # noqa: T201
    Thread(target=wait_for_word, args=[over], daemon=True).start()
    found = mirror(over)
    print(json.dumps({**found, "told": read_log(), "server": read_server()}))  # noqa: T201
