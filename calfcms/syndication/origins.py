"""Web origins (RFC 6454): scheme, host and port of the pages that may call with a key."""

from typing import Final
from urllib.parse import SplitResult, urlsplit

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_PORTS: Final = {"http": 80, "https": 443}


def read_origin(text: str) -> str:
    """The origin as browsers send it. Raises `ValueError` with what is wrong.

    Plain http is for pages on one's own machine: anybody on the way could read the key.
    """
    parts = _split(text.strip())
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("An origin is a scheme and a host: https://clinic.example")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("An origin has no path: https://clinic.example, not …/page")
    if "*" in parts.hostname:
        raise ValueError("Name each host; a * is not understood")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("Keys are sent over https only; http is for localhost")
    return f"{parts.scheme}://{_write_host(parts.hostname)}{_write_port(parts.scheme, parts.port)}"


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is none
    except ValueError:
        raise ValueError("This is no web address") from None
    return parts


def _write_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        raise ValueError("This is no host name") from None


def _write_port(scheme: str, port: int | None) -> str:
    return "" if port in (None, _PORTS[scheme]) else f":{port}"
