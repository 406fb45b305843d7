"""Where the files of figures are kept: under the digest of their bytes, never changed or deleted.

Editions name these addresses for ever, so a file once there stays. A file appears under its name
only when it is whole: it is written beside it, brought to the disk, then renamed.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = "figures"
NAME_PATTERN: Final = r"[0-9a-f]{64}\.(?:avif|webp)"


def store_file(data: bytes, extension: str) -> str:
    """Keep the file and return its name. The same bytes again are the same file."""
    name = f"{hashlib.sha256(data).hexdigest()}.{extension}"
    path = get_path(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, data)
    return name


def get_path(name: str) -> Path:
    """Where the file of that name is on the disk, if it is there."""
    return Path(settings.MEDIA_ROOT) / FOLDER / name


def get_url(name: str) -> str:
    """The complete address under which everybody can read the file."""
    return f"{settings.MEDIA_URL}{FOLDER}/{name}"


def _write_whole(path: Path, data: bytes) -> None:
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
