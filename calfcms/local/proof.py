"""The main job, shown on the content at hand: what is published, and one answer with its reason.

Everything is read through the HTTP API, as a partner would.
"""

from collections.abc import Iterator
from typing import Any

from django.test import Client


def write_proof() -> Iterator[str]:
    """The lines of the proof, computed now."""
    client = Client(SERVER_NAME="localhost")
    yield "Published:"
    for path in ("/api/v1/conditions", "/api/v1/triage/protocols"):
        for item in _get(client, path)["items"]:
            yield f"  {item['slug']:<30} edition {item['edition']}  {item['digest'][:23]}…"
    for protocol in _get(client, "/api/v1/triage/protocols")["items"][:1]:
        yield from _write_answer(client, protocol["slug"])


def _write_answer(client: Client, slug: str) -> Iterator[str]:
    base = f"/api/v1/triage/protocols/{slug}"
    findings = _get(client, f"{base}/findings")["items"]
    finding = next(finding for finding in findings if finding["red_flag"])
    answer = client.post(
        f"{base}/evaluate",
        {"findings": {finding["id"]: "present"}},
        content_type="application/json",
    ).json()
    matched = answer["matched"][0]
    yield ""
    yield f"Triage with {slug}, edition {answer['protocol']['edition']}:"
    yield f"  told only: {finding['phrase']}"
    yield f"  answer:    {matched['urgency']}: {answer['disposition']['headline']}"
    yield f"  because:   {matched['reason']}"


def _get(client: Client, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(path).json()
    return answer
