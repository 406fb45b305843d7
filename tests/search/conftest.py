"""Pages to search: the corpus of these tests, and the content that comes with calfcms."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from calfcms.publishing.card_filters import CardFilter
from calfcms.search.finding import search
from tests.api.conftest import forget_searches
from tests.api.conftest import publish_page as publish_page
from tests.api.conftest import withdraw_page as withdraw_page

CORPUS = Path(__file__).parent / "corpus"
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture(autouse=True)
def _forget_the_index() -> Iterator[None]:
    forget_searches()
    yield
    forget_searches()


def load(folder: Path) -> None:
    """Publish every bundle in a folder."""
    call_command("load_content", str(folder), publish=True, stdout=StringIO())


def list_found(text: str, **narrowed: Any) -> list[str]:
    """The slugs of what is found, in their order."""
    found = search(text, CardFilter("condition", **narrowed), at=timezone.now())
    return [ranked.slug for ranked in found.ranked]
