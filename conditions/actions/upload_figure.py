"""Uploading a picture: its files are made and kept, and the log says who brought it."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.problem import refuse
from calfcms.publishing.rights import require_right
from conditions.draft import FigureSource
from conditions.figure_sizes import make_files
from conditions.figure_store import get_url, store_file


def upload_figure(*, data: bytes, by: User, at: datetime) -> list[FigureSource]:
    """Make the files of this picture and return them, for a figure of a draft to name.

    The page shows them once a draft that names them is saved, signed and published. Raises
    `Refused` where the right to write drafts is missing or the picture cannot be used.
    """
    require_right(by, "edit_draft")
    _require_address()
    files = [(file, store_file(file.data, file.extension)) for file in make_files(data)]
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    with transaction.atomic():  # the files take a second: the log is not locked meanwhile
        record_event(
            action="figure.uploaded",
            by=by,
            at=at,
            subject=f"figure {digest}",
            details={"files": [name for _, name in files]},
        )
    return [
        FigureSource(url=get_url(name), width=file.width, type=file.type) for file, name in files
    ]


def _require_address() -> None:
    if not settings.MEDIA_URL.startswith(("https://", "http://")):
        raise refuse(
            "media_url_incomplete",
            "This deployment does not know its own address, which readers need for pictures.",
            "Ask whoever operates it to set MEDIA_URL to a complete address.",
        )
