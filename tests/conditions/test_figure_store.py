"""Files of figures appear under their digest, whole or not at all, also when the power goes."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from conditions.figure_store import get_path, get_url, store_file

ROOT = Path(__file__).parents[2]
WRITER = """
import django, os, sys
django.setup()
from conditions.figure_store import store_file
print("ready", flush=True)
for number in range(100_000):
    store_file(str(number).encode() * 400_000, "webp")
"""


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.MEDIA_URL = "https://media.example/"


def _list_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("figures/*"))


def test_a_file_is_named_for_its_bytes() -> None:
    name = store_file(b"pixels", "avif")

    assert name == hashlib.sha256(b"pixels").hexdigest() + ".avif"
    assert get_path(name).read_bytes() == b"pixels"
    assert get_url(name) == f"https://media.example/figures/{name}"


def test_the_same_bytes_are_the_same_file_and_are_not_written_again(tmp_path: Path) -> None:
    first = store_file(b"pixels", "webp")
    before = get_path(first).stat().st_mtime_ns

    second = store_file(b"pixels", "webp")

    assert first == second
    assert [path.stat().st_mtime_ns for path in _list_files(tmp_path)] == [before]


def test_a_disk_that_is_full_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="No space left"):
        store_file(b"pixels", "webp")

    assert list(tmp_path.glob("figures/*")) == []
    assert list(tmp_path.glob("figures/.*.part")) == []


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.013, 0.05, 0.11, 0.23])
def test_killing_the_writer_leaves_no_half_file_under_a_name(tmp_path: Path, delay: float) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "calfcms.settings",
        "MEDIA_ROOT": str(tmp_path),
    }
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(delay)

    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    for path in _list_files(tmp_path):
        if not path.name.startswith("."):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
