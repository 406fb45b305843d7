"""The log-in pages in the admin's dress."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


def frame_log_in(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what the admin's outermost template needs, on the log-in pages."""
    if not request.path_info.startswith("/accounts/"):
        return {}
    return admin.site.each_context(request)
