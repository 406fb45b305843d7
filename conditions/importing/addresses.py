"""Addresses on pages, which may be anything. Pure."""

from urllib.parse import urljoin, urlsplit


def join_address(base: str, href: str) -> str:
    """The whole address of a link on the page at `base`; as it is where it makes none."""
    try:
        return urljoin(base, href) if base else href
    except ValueError:
        return href


def shorten_address(url: str) -> str:
    """An address without what makes no difference: scheme, `www.` and a slash at its end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/").lower()
