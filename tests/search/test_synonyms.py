"""The shared list of synonyms: saving, deleting, bundles, and what searches make of it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pydantic import ValidationError

from calfcms.publishing.bundles import Outcome
from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from calfcms.search.actions.save_synonyms import delete_synonyms, save_synonyms
from calfcms.search.models import Index, SynonymGroup
from calfcms.search.synonym_draft import SynonymDraft
from tests.api.conftest import PublishPage
from tests.conftest import make_person
from tests.search.conftest import FIXTURES, list_found

Clock = Callable[[], datetime]
BUNDLE = """\
kind: synonyms
synonyms:
- slug: glow
  locale: en
  words:
  - glow
  - shine
  - light up
"""


def make_group(**changes: Any) -> SynonymDraft:
    group = {"slug": "glow", "locale": "en", "words": ["glow", "shine", "light up"]}
    return SynonymDraft.model_validate(group | changes)


def test_synonyms_are_heeded_by_the_next_search(
    publish_page: PublishPage, editor: User, clock: Clock
) -> None:
    publish_page()
    assert list_found("shining") == []

    save_synonyms(group=make_group(), by=editor, at=clock())

    assert list_found("shining") == ["ear-glow"]
    delete_synonyms(group=SynonymGroup.objects.get(), by=editor, at=clock())
    assert list_found("shining") == []


def test_saving_what_is_there_writes_nothing(editor: User, clock: Clock) -> None:
    outcomes = [
        save_synonyms(group=make_group(), by=editor, at=clock()),
        save_synonyms(group=make_group(), by=editor, at=clock()),
        save_synonyms(group=make_group(words=["glow", "shine"]), by=editor, at=clock()),
    ]

    assert outcomes == [Outcome.CREATED, Outcome.UNCHANGED, Outcome.CHANGED]
    assert Event.objects.filter(action="synonyms.saved").count() == 2
    assert Index.objects.get().version == 2


def test_every_change_is_in_the_log(editor: User, clock: Clock) -> None:
    save_synonyms(group=make_group(), by=editor, at=clock())
    delete_synonyms(group=SynonymGroup.objects.get(), by=editor, at=clock())

    events = Event.objects.order_by("seq").values_list("action", "subject")
    assert list(events) == [
        ("synonyms.saved", "synonyms glow (en)"),
        ("synonyms.deleted", "synonyms glow (en)"),
    ]


def test_only_editors_change_them(clock: Clock, db: None) -> None:
    with pytest.raises(Refused, match="edit_draft"):
        save_synonyms(group=make_group(), by=make_person("nobody"), at=clock())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"words": ["alone"]}, "two words or phrases"),
        ({"words": ["a"] * 41}, "40 are allowed"),
        ({"words": ["one", "x" * 81]}, "at most 80"),
        ({"words": ["one", ""]}, "at least 1"),
        ({"slug": "Not a slug"}, "pattern"),
        ({"locale": "english"}, "not a locale"),
        ({"more": 1}, "Extra inputs"),
    ],
)
def test_a_group_that_makes_no_sense_cannot_exist(changes: Any, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        make_group(**changes)


def test_a_bundle_of_them_makes_the_round_trip(tmp_path: Path, db: None) -> None:
    (tmp_path / "synonyms.yaml").write_text(BUNDLE)

    call_command("load_content", str(tmp_path), verbosity=0)
    call_command("dump_content", str(tmp_path / "dumped"), verbosity=0)

    assert (tmp_path / "dumped" / "synonyms.yaml").read_text() == BUNDLE


def test_the_bundle_that_comes_with_calfcms_makes_the_round_trip(tmp_path: Path, db: None) -> None:
    call_command("load_content", str(FIXTURES / "synonyms.yaml"), verbosity=0)
    call_command("dump_content", str(tmp_path), verbosity=0)

    ours = (FIXTURES / "synonyms.yaml").read_text()
    assert (tmp_path / "synonyms.yaml").read_text() == ours


@pytest.mark.parametrize(
    ("bundle", "complaint"),
    [
        (BUNDLE + BUNDLE.partition("synonyms:\n")[2], "synonyms.yaml:9"),
        (BUNDLE.replace("  - shine\n  - light up\n", ""), "two words or phrases"),
        (BUNDLE.replace("words", "wrods"), "words"),
    ],
)
def test_a_bad_bundle_is_refused_whole(
    tmp_path: Path, db: None, bundle: str, complaint: str
) -> None:
    (tmp_path / "synonyms.yaml").write_text(bundle)

    with pytest.raises(CommandError, match=complaint):
        call_command("load_content", str(tmp_path), verbosity=0)

    assert not SynonymGroup.objects.exists()
