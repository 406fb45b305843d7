"""The made-up page of `examples`, saved, and an editor in front of it."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Document
from tests.conditions.admin.editor_scene import Desk, sit_down
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows
from tests.conftest import make_person


@pytest.fixture
def document(editor: User, at: datetime) -> Document:
    save_shared_rows(by=editor, at=at)
    return save_page(make_draft(), by=editor, at=at)


@pytest.fixture
def desk(editor: User, document: Document) -> Desk:
    return sit_down(editor, document)


@pytest.fixture
def other(db: None) -> User:
    return make_person("other", "edit_draft", first_name="Otto", last_name="Other")
