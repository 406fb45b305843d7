"""Every address of the admin, as Django itself resolves them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.urls import URLPattern


def list_admin_urls() -> list[str]:
    """Names of all addresses below /admin/, without `admin:`; unnamed ones by their pattern.

    Left out are Django's unnamed redirects from `<object>/` to `<object>/change/`.
    """
    return sorted(set(_walk(admin.site.get_urls(), "")))


def _walk(patterns: Iterable[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if not isinstance(pattern, URLPattern):
            yield from _walk(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name
        elif not route.endswith("<path:object_id>/"):
            yield route
