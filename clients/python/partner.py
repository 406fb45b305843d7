"""What a partner site does: read a page, ask for triage, keep a mirror of what is live.

    python partner.py https://content.example calf-pain [key]

Needs httpx2 (or httpx). Every call is plain HTTP and JSON; docs/api.md has the rest.
"""

import sys
from typing import Any

import httpx2 as httpx  # the maintained continuation of httpx; either will do


class Mirror:
    """A copy of everything live, kept true by the delta feed."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.cursor: str | None = None
        self.pages: dict[tuple[str, str, str], dict[str, Any]] = {}

    def catch_up(self) -> int:
        """Follow the feed to its end; how many changes there were. Keep `cursor` in between."""
        count, url = 0, "/api/v1/changes"
        parameters = {"limit": "100"} | ({"cursor": self.cursor} if self.cursor else {})
        while True:
            feed = fetch(self.client, url, **parameters)
            for change in feed["items"]:
                self.apply(change)
            count += len(feed["items"])
            self.cursor = parameters["cursor"] = feed["cursor"]
            if feed["next"] is None:
                return count

    def apply(self, change: dict[str, Any]) -> None:
        """Take over what was published; drop what was withdrawn, or recalled while it was shown."""
        address = (change["kind"], change["slug"], change["locale"])
        if change["type"] == "published":
            self.pages[address] = fetch(self.client, change["url"])
        elif self.pages.get(address, {}).get("edition") == change["edition"]:
            del self.pages[address]


def fetch(client: httpx.Client, url: str, **parameters: str) -> dict[str, Any]:
    """The JSON at that address. Raises with what the service says is wrong."""
    response = client.get(url, params=parameters or None)
    if response.is_error:
        problem = response.json()
        raise SystemExit(f"{problem['status']} {problem['code']}: {problem['detail']}")
    answer: dict[str, Any] = response.json()
    return answer


def main(base_url: str, slug: str, key: str | None = None) -> None:
    """Read, ask, mirror."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with httpx.Client(base_url=base_url, headers=headers, timeout=10) as client:
        page = fetch(client, f"/api/v1/conditions/{slug}")
        print(f"{page['title']} (edition {page['edition']})")
        for flag in page["red_flags"]:
            print(f"  {flag['urgency']}: {flag['sign']}")
        answer = client.post(
            f"/api/v1/triage/protocols/{slug}/evaluate", json={"findings": {}}
        ).json()
        print(f"Knowing nothing: {answer['disposition']['urgency']}, {answer['status']}")
        mirror = Mirror(client)
        print(f"{mirror.catch_up()} changes; {len(mirror.pages)} documents are live")
        print(f"Cursor to keep: {mirror.cursor}")


if __name__ == "__main__":
    main(*sys.argv[1:])
