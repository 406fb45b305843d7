"""docs/settings.md names every environment variable that the settings read, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    settings = (ROOT / "calfcms" / "settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert documented == read
