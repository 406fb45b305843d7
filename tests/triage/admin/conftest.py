"""The made-up protocol of `examples`, saved, and an editor in front of it."""

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Document
from tests.triage.admin.protocol_desk import ProtocolDesk, sit_down
from tests.triage.conftest import Press


@pytest.fixture
def document(press: Press) -> Document:
    press.save_page()
    return press.save_protocol()


@pytest.fixture
def desk(editor: User, document: Document) -> ProtocolDesk:
    return sit_down(editor, document)
