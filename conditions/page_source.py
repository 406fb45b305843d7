"""Where a page to import comes from: a file, or an address on the web, fetched with care.

The operator names the address, so private ones are allowed: a page may well lie on the intranet.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2

from conditions.importing.addresses import join_address
from conditions.importing.faults import ImportFault
from conditions.importing.parsing import HTML_TYPES, JSON_TYPES, MAX_BYTES, RawPage

WEB: Final = ("http:", "https:")
MAX_REDIRECTS: Final = 3
CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
WHOLE_SECONDS: Final = 30.0
"""A server that sends a byte now and then must not hold us for ever."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_ASKED_FOR: Final = "application/ld+json, text/html;q=0.9, application/json;q=0.8"
_SAVE_IT: Final = "Open it in a browser, save it, and import the file."


@dataclass(frozen=True)
class Source:
    """What was read, and where it really came from."""

    page: RawPage
    place: str
    """The path, or the address that answered in the end."""
    address: str = ""
    """The same, where it is an address."""


def read_source(named: str) -> Source:
    """The bytes behind a path or an http(s) address. Raises `ImportFault`."""
    scheme = _SCHEME.match(named)
    if not scheme:
        return _read_file(Path(named))
    if scheme[0].lower() not in WEB:
        raise ImportFault(
            f"'{named[:80]}' is neither a file nor an address that starts with http:// or https://.",
            "For a file, give its path without file://.",
        )
    return _fetch(named)


def _read_file(path: Path) -> Source:
    try:
        if not path.is_file():
            reason = "is a folder" if path.is_dir() else "is not there, or no ordinary file"
            raise ImportFault(f"{path} {reason}.", "Name one HTML or JSON file.")
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImportFault(f"{path} cannot be read: {error.strerror}.", "Check it.") from None
    if len(content) > MAX_BYTES:
        raise ImportFault(f"{path} has more than {MAX_BYTES} bytes.", "Import one page at a time.")
    return Source(RawPage(content), str(path))


def _fetch(address: str) -> Source:
    until = time.monotonic() + WHOLE_SECONDS
    timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Accept": _ASKED_FOR, "User-Agent": "calfcms-import"}
    try:
        with httpx2.Client(timeout=timeout, headers=headers, follow_redirects=False) as client:
            return _follow(client, address, until)
    except httpx2.TimeoutException:
        raise ImportFault(
            f"{_show(address)} did not answer in time.", f"Try again. {_SAVE_IT}"
        ) from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise ImportFault(f"{_show(address)} cannot be fetched: {reason}.", _SAVE_IT) from None


def _follow(client: httpx2.Client, address: str, until: float) -> Source:
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", address) as response:
            if not response.is_redirect:
                return _read_response(response, address, until)
            address = _get_target(address, response.headers.get("location", ""))
    raise ImportFault(
        f"It was redirected more than {MAX_REDIRECTS} times, at last to {_show(address)}.",
        "Give the address that a browser ends at.",
    )


def _get_target(address: str, location: str) -> str:
    target = join_address(address, location)
    if not target.lower().startswith(WEB):
        raise ImportFault(
            f"{_show(address)} redirects to '{target[:80]}', which is not on the web.", _SAVE_IT
        )
    return target


def _read_response(response: httpx2.Response, address: str, until: float) -> Source:
    if response.status_code != 200:
        reason = f"{_show(address)} answered {response.status_code} {response.reason_phrase}"
        raise ImportFault(f"{reason.rstrip()}.", "Check the address in a browser.")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (*HTML_TYPES, *JSON_TYPES):
        raise ImportFault(
            f"{_show(address)} is {media_type or 'of no type'}, not a page or JSON.",
            f"These can be imported: {', '.join((*HTML_TYPES, *JSON_TYPES))}.",
        )
    content = b"".join(_read_chunks(response, address, until))
    page = RawPage(content, media_type, response.charset_encoding or "")
    return Source(page, _show(address), _show(address))


def _read_chunks(response: httpx2.Response, address: str, until: float) -> Iterator[bytes]:
    read = 0
    for chunk in response.iter_bytes():
        read += len(chunk)
        if read > MAX_BYTES:
            reason = f"{_show(address)} sends more than {MAX_BYTES} bytes."
            raise ImportFault(reason, "Import one page at a time.")
        if time.monotonic() > until:
            reason = f"{_show(address)} takes longer than {WHOLE_SECONDS:.0f} seconds."
            raise ImportFault(reason, _SAVE_IT)
        yield chunk


def _show(address: str) -> str:
    """The address without a name and password in it."""
    return re.sub("(?<=//)[^/@]*@", "", address)
