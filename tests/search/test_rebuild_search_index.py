"""`manage.py rebuild_search_index`."""

from io import StringIO
from typing import Any

from django.core.management import call_command

from calfcms.publishing.models import Document
from calfcms.search.actions.index import forget_document
from calfcms.search.models import Entry, VocabularyWord
from tests.api.conftest import PublishPage
from tests.search.conftest import list_found


def rebuild(**options: Any) -> str:
    written = StringIO()
    call_command("rebuild_search_index", stdout=written, **options)
    return written.getvalue().strip()


def test_it_indexes_what_search_lacks(publish_page: PublishPage) -> None:
    publish_page()
    forget_document(Document.objects.get())
    assert list_found("glow") == []

    said = rebuild()

    assert said == "1 document indexed."
    assert list_found("glow") == ["ear-glow"]


def test_it_says_that_there_is_nothing_to_do(publish_page: PublishPage) -> None:
    publish_page()

    assert rebuild() == "The index lacks nothing."


def test_it_can_begin_with_nothing(publish_page: PublishPage) -> None:
    publish_page()
    Entry.objects.update(levels="", names="|", words="nonsense")
    VocabularyWord.objects.filter(word="glow").delete()

    said = rebuild(from_scratch=True)

    assert said == "1 document indexed."
    assert list_found("glowing") == ["ear-glow"]
