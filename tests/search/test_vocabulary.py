"""What a process knows of the words in the index: read once, and then only what changed."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from calfcms.search.actions.fill import rebuild_index
from calfcms.search.models import VocabularyWord
from calfcms.search.vocabulary import Vocabulary, get_vocabulary, read_vocabulary
from tests.api.conftest import PublishPage, WithdrawPage
from tests.search.conftest import list_found


def read_anew() -> Vocabulary:
    return read_vocabulary(Vocabulary())


def describe(vocabulary: Vocabulary) -> object:
    return vocabulary.version, {
        key: (one.documents, dict(one.words), {t: n for t, n in one.counts.items() if n})
        for key, one in vocabulary.lexicons.items()
    }


def test_it_counts_the_documents_that_have_a_word(publish_page: PublishPage) -> None:
    publish_page()
    publish_page(slug="ear-hum", name="Ear hum", title="Hums", summary="A humming, glowing ear.")

    lexicon = read_anew().lexicons["condition", "en"]

    assert lexicon.documents == 2
    assert lexicon.words["ear"] == 2
    assert lexicon.words["humming"] == 1
    assert lexicon.count(["glow"]) == 2


def test_reading_what_changed_is_the_same_as_reading_all(
    publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    known = read_anew()
    publish_page()
    publish_page(slug="ear-hum", name="Ear hum", summary="It hums.")
    known = read_vocabulary(known)
    publish_page(minutes=1, summary="It sparkles.")
    publish_page(slug="ear-hum", locale="es", name="Zumbido", summary="Zumba.")
    withdraw_page("ear-hum")

    known = read_vocabulary(known)

    assert describe(known) == describe(read_anew())
    assert "hums" not in known.lexicons["condition", "en"].words


def test_it_learns_which_words_a_rebuilt_index_has_no_more(publish_page: PublishPage) -> None:
    publish_page()
    VocabularyWord.objects.filter(word="ear").update(word="nonsense")
    known = read_anew()

    rebuild_index()

    assert describe(read_vocabulary(known)) == describe(read_anew())


def test_a_process_reads_it_once(publish_page: PublishPage) -> None:
    publish_page()
    get_vocabulary()

    with CaptureQueriesContext(connection) as captured:
        get_vocabulary()

    assert len(captured) == 0


def test_a_search_is_never_answered_from_what_the_process_knew_before(
    publish_page: PublishPage,
) -> None:
    publish_page()
    assert list_found("sparkle") == []

    publish_page(minutes=1, summary="It sparkles.")

    assert list_found("sparkle") == ["ear-glow"]


def test_an_older_version_is_another_database(publish_page: PublishPage) -> None:
    publish_page()
    ahead = Vocabulary(version=10**6)

    assert describe(read_vocabulary(ahead)) == describe(read_anew())
