"""The main job, shown on the content at hand: what is published, and one answer with its reason.

Everything is read through the HTTP API, as a partner would.
"""

from collections.abc import Iterator
from typing import Any

from django.test import Client


def write_proof() -> Iterator[str]:
    """The lines of the proof, computed now."""
    client = Client(SERVER_NAME="localhost")
    protocols = _get(client, "/api/v1/triage/protocols")["items"]
    yield "Published:"
    yield from _list_editions("page", _get(client, "/api/v1/conditions")["items"])
    yield from _list_editions("protocol", protocols)
    for protocol in protocols[:1]:
        yield from _write_answer(client, protocol["slug"])


def _list_editions(kind: str, items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        name = f"{item['slug']} ({item['locale']})"
        yield f"  {kind:<9} {name:<34} edition {item['edition']}  {item['digest'][:23]}…"


def _write_answer(client: Client, slug: str) -> Iterator[str]:
    finding, answer = _find_most_urgent(client, f"/api/v1/triage/protocols/{slug}")
    matched = answer["matched"][0]
    yield ""
    yield f"Triage with {slug}, edition {answer['protocol']['edition']}:"
    yield f"  told only: {finding['phrase']}"
    yield f"  answer:    {matched['urgency']}: {answer['disposition']['headline']}"
    yield f"  because:   {matched['reason']}"


def _find_most_urgent(client: Client, base: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first red flag that is an emergency by itself, and its answer; else the last one."""
    for finding in _get(client, f"{base}/findings")["items"]:
        if finding["red_flag"]:
            body = {"findings": {finding["id"]: "present"}}
            answer = client.post(f"{base}/evaluate", body, content_type="application/json").json()
            if answer["disposition"]["urgency"] == "emergency":
                break
    return finding, answer


def _get(client: Client, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(path).json()
    return answer
