"""The index follows what is live, in the transaction that changes it."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calfcms.publishing import live_changes
from calfcms.publishing.models import Document, LivePeriod
from calfcms.search.actions import fill
from calfcms.search.actions.fill import fill_in_rounds, fill_index, rebuild_index
from calfcms.search.actions.index import forget_document
from calfcms.search.fulltext import TABLE
from calfcms.search.languages import ANALYSIS
from calfcms.search.models import Collection, Entry, EntryText, Index, VocabularyWord
from tests.api.conftest import PublishPage, WithdrawPage, write_page
from tests.conftest import NOON
from tests.search.conftest import list_found


def describe_index() -> dict[str, Any]:
    """Everything that the index says, but for keys and versions that only count changes."""
    entries = Entry.objects.order_by("slug", "locale")
    return {
        "entries": [
            (e.pk, e.slug, e.locale, e.levels, e.names, e.length, e.words, e.analysis)
            for e in entries
        ],
        "texts": list(EntryText.objects.order_by("entry_id").values_list()),
        "words": sorted(
            (w.collection.locale, w.word, w.documents)
            for w in VocabularyWord.objects.exclude(documents=0).select_related("collection")
        ),
        "collections": sorted(
            Collection.objects.exclude(documents=0).values_list("kind", "locale", "documents")
        ),
        "lexemes": list_lexemes(),
    }


def list_lexemes() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, CAST(lexemes AS text) FROM {TABLE} ORDER BY rowid")
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows


def test_what_is_published_is_found_at_once(publish_page: PublishPage) -> None:
    publish_page()

    assert list_found("glowing ear") == ["ear-glow"]


def test_a_draft_is_not_found(publish_page: PublishPage, editor: Any) -> None:
    publish_page()

    write_page(editor, NOON, slug="ear-hum", name="Ear hum")

    assert list_found("hum") == []


def test_what_was_superseded_is_found_no_more(publish_page: PublishPage) -> None:
    publish_page(summary="It shimmers.")
    publish_page(minutes=1, summary="It sparkles.")

    assert list_found("shimmer") == []
    assert list_found("sparkle") == ["ear-glow"]


def test_what_was_withdrawn_is_found_no_more(
    publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", name="Ear hum", summary="It hums.")
    withdraw_page()

    assert list_found("ear") == ["ear-hum"]
    assert Entry.objects.count() == 1
    assert len(list_lexemes()) == 1


def test_what_is_for_one_partner_only_is_in_no_table(publish_page: PublishPage) -> None:
    ours = {
        "id": "clinic",
        "aspect": "getting_access",
        "headline": "Xylophone",
        "body": "Xylophone therapy.",
        "partner": "glow-clinic",
    }
    publish_page(sections=[ours])

    assert list_found("xylophone") == []
    assert "xylophon" not in repr(describe_index())


def test_a_publication_that_is_undone_leaves_nothing_in_the_index(
    publish_page: PublishPage,
) -> None:
    publish_page()
    before = describe_index(), Index.objects.get().version

    with transaction.atomic():
        publish_page(minutes=1, slug="ear-hum", name="Ear hum")
        transaction.set_rollback(True)

    assert (describe_index(), Index.objects.get().version) == before


def test_every_change_raises_the_version(
    publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    versions = []
    for change in (publish_page, lambda: publish_page(minutes=1, title="New"), withdraw_page):
        change()
        versions.append(Index.objects.get().version)

    assert versions == sorted(set(versions))


def test_translations_are_collections_of_their_own(publish_page: PublishPage) -> None:
    publish_page()
    publish_page(locale="es", name="Brillo", summary="El corazón brilla.", sections=[], faqs=[])

    assert list_found("corazon") == ["ear-glow"]
    assert list_found("corazon", locale="es") == ["ear-glow"]
    assert list_found("corazon", locale="en") == []
    assert list_found("soft light", locale="es") == []


def test_a_history_of_any_kind_leaves_the_index_as_if_made_anew(
    publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    steps = st.lists(
        st.tuples(
            st.sampled_from(["ear-glow", "ear-hum", "ear-itch"]),
            st.sampled_from(["publish", "withdraw"]),
            st.lists(st.sampled_from(["hum", "itch", "glow", "shine", "pain"]), max_size=3),
        ),
        min_size=1,
        max_size=6,
    )

    @settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
    @given(steps)
    def check(history: list[tuple[str, str, list[str]]]) -> None:
        with transaction.atomic():
            for minute, (slug, verb, words) in enumerate(history):
                live = LivePeriod.objects.filter(document__slug=slug, ended_at=None).exists()
                if verb == "publish":
                    summary = f"Step {minute}: {' '.join(words)}."
                    publish_page(minutes=minute * 2, slug=slug, name=slug, summary=summary)
                elif live:
                    withdraw_page(slug, minutes=minute * 2)
            followed = describe_index()
            rebuild_index()
            assert describe_index() == followed
            transaction.set_rollback(True)

    check()


def test_the_full_text_index_takes_any_lexeme_as_it_is(publish_page: PublishPage) -> None:
    publish_page(summary="Ünïcode दर्द 血栓 O'Neill x-ray.")

    for word in ("unicode", "ünïcode", "दर्द", "血栓", "oneill", "x-ray"):
        assert list_found(word) == ["ear-glow"], word


class TestFilling:
    """What was live before there was an index, or was analysed otherwise."""

    @pytest.fixture(autouse=True)
    def _two_pages(self, publish_page: PublishPage) -> None:
        publish_page()
        publish_page(slug="ear-hum", name="Ear hum", summary="It hums.")

    @staticmethod
    def lose(slug: str) -> None:
        """As if the page had gone live before this app came."""
        forget_document(Document.objects.get(slug=slug))

    def test_it_indexes_what_is_missing(self) -> None:
        whole = describe_index()
        self.lose("ear-hum")

        done = sum(fill_index())

        assert done == 1
        assert describe_index() == whole

    def test_it_indexes_anew_what_was_analysed_otherwise(self) -> None:
        whole = describe_index()
        Entry.objects.filter(slug="ear-hum").update(analysis=ANALYSIS + 1, words="ear hum")

        assert sum(fill_index()) == 1
        assert describe_index()["entries"] == whole["entries"]

    def test_it_takes_out_what_is_live_no_more(
        self, withdraw_page: WithdrawPage, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(live_changes, "_followers", [])
        withdraw_page("ear-hum")

        assert sum(fill_index()) == 1
        assert [entry.slug for entry in Entry.objects.all()] == ["ear-glow"]

    def test_a_complete_index_is_left_alone(self) -> None:
        version = Index.objects.get().version

        assert sum(fill_index()) == 0
        assert Index.objects.get().version == version

    def test_the_worker_does_it_and_then_asks_no_more(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(fill, "_Rounds", type("_Rounds", (), {"is_done": False}))
        self.lose("ear-hum")

        assert [fill_in_rounds(at=NOON) for _ in range(2)] == [1, 0]
        with CaptureQueriesContext(connection) as captured:
            assert fill_in_rounds(at=NOON) == 0
        assert len(captured) == 0
