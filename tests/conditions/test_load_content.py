"""`manage.py load_content`: all or nothing, again is nothing new, and errors say where and what."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings
from reversion.models import Revision

from calfcms.bundles.reading import MAX_BYTES
from calfcms.publishing.models import Document, Edition, Event
from conditions.models import Condition, Publisher, Reference

BUNDLES = Path(__file__).parent / "bundles"
STYE = "conditions/stye.en-GB.yaml"

pytestmark = pytest.mark.django_db

Edit = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the made-up bundles."""
    shutil.copytree(BUNDLES, tmp_path / "bundles")
    return tmp_path / "bundles"


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces words in one of the files."""

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def load(path: Path, *options: str) -> list[str]:
    """Load, and give the lines that were printed."""
    out = StringIO()
    call_command("load_content", str(path), *options, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def refuse(path: Path, *options: str) -> list[str]:
    """The errors for which loading was refused, after checking that nothing was written."""
    with pytest.raises(CommandError) as refused:
        load(path, *options)
    assert not Document.objects.exists()
    assert not Reference.objects.exists()
    assert not Event.objects.exists()
    errors = str(refused.value).splitlines()
    assert errors.pop() == "Nothing was loaded."
    return errors


def count_history() -> tuple[int, int, int]:
    """Revisions, events and editions."""
    return Revision.objects.count(), Event.objects.count(), Edition.objects.count()


def test_it_loads_a_folder_and_says_what_it_did(folder: Path) -> None:
    lines = load(folder)

    assert lines == [
        f"created    {folder}/publishers.yaml",
        f"created    {folder}/references.yaml",
        f"created    {folder}/topics.yaml",
        f"created    {folder}/{STYE}",
    ]
    assert Condition.objects.get().title == "Stye: a sore lump on the eyelid"


def test_it_loads_a_single_file(folder: Path) -> None:
    assert load(folder / "publishers.yaml") == [f"created    {folder}/publishers.yaml"]
    assert Publisher.objects.get().slug == "demo-eye-library"


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load(folder)
    before = count_history()

    lines = load(folder)

    assert {line.split()[0] for line in lines} == {"unchanged"}
    assert count_history() == before


def test_a_changed_file_is_one_revision_and_one_event(folder: Path, edit: Edit) -> None:
    load(folder)
    revisions, events, _ = count_history()
    edit(STYE, "May I squeeze it?", "Should I squeeze it?")

    lines = load(folder)

    assert [line.split()[0] for line in lines] == ["unchanged"] * 3 + ["changed"]
    assert count_history() == (revisions + 1, events + 1, 0)
    assert Event.objects.order_by("-seq")[0].details["comment"] == "Loaded from a bundle"


def test_a_list_with_one_new_entry_is_changed(folder: Path, edit: Edit) -> None:
    load(folder)
    edit("topics.yaml", "- slug: eyes\n", "- slug: ears\n  title: Ears\n- slug: eyes\n")

    assert f"changed    {folder}/topics.yaml" in load(folder)


def test_a_dry_run_reports_and_writes_nothing(folder: Path) -> None:
    lines = load(folder, "--dry-run")

    assert lines[3:] == [f"created    {folder}/{STYE}", "Dry run: nothing was written."]
    assert not Document.objects.exists()
    assert count_history() == (0, 0, 0)


def test_a_file_in_another_form_is_loaded_with_a_remark(folder: Path, edit: Edit) -> None:
    edit(STYE, "locale: en-GB", "# a comment\nlocale: 'en-GB'")

    assert any("not in canonical form" in line for line in load(folder))


def test_one_bad_file_refuses_the_whole_lot(folder: Path, edit: Edit) -> None:
    edit(STYE, "question:", "qestion:")

    errors = refuse(folder)

    assert len(errors) == 2
    assert all(error.startswith(f"{folder}/{STYE}:") for error in errors)
    assert errors[1].endswith("`qestion` is not a key here. Did you mean `question`?")


def test_errors_of_all_files_come_together(folder: Path, edit: Edit) -> None:
    edit(STYE, "locale: en-GB", "locale: English")
    edit("topics.yaml", "title: Eyes", "\ttitle: Eyes")
    edit("references.yaml", "DOI: 10.9999/jie.2020.7", "DOI: 10.9999/jie.2020.")

    errors = refuse(folder)

    assert [error.split(": ")[0].removeprefix(f"{folder}/") for error in errors] == [
        f"{STYE}:3",
        "references.yaml:25",
        "topics.yaml:4",
    ]


def test_it_refuses_references_topics_and_publishers_that_there_are_not(
    folder: Path, edit: Edit
) -> None:
    edit(STYE, "  - lidman-2020", "  - lidman-2021")
    edit(STYE, "- infections", "- infektions")
    edit(STYE, "demo-eye-library", "demo-ear-library")

    errors = refuse(folder)

    assert [error.removeprefix(f"{folder}/{STYE}:") for error in errors] == [
        "18: There is no topic with the slug `infektions`. "
        "Add it to topics.yaml or correct the slug.",
        "20: There is no publisher with the slug `demo-ear-library`. "
        "Add it to publishers.yaml or correct the slug.",
        "67: There is no reference with the key `lidman-2021`. "
        "Add it to references.yaml or correct the key.",
    ]


def test_it_refuses_two_files_for_the_same_page(folder: Path) -> None:
    shutil.copy(folder / STYE, folder / "conditions" / "stye-again.yaml")

    errors = refuse(folder)

    assert errors == [
        f"{folder}/{STYE}:2: This is {STYE} once more; {folder}/conditions/stye-again.yaml is it "
        "already. Delete one of the two files, or change the slug or the locale of one."
    ]


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b"kind: topics\ntopics: caf\xe9\n", 2, "not UTF-8. Save it as UTF-8."),
        (b"kind: topics\n" + b"#" * MAX_BYTES, 1, "Split it into several files."),
        (b"kind: topic\n", 1, "There is no kind of bundle named `topic`. Write one of "),
        (b"topics: []\n", 1, "`kind` is missing. Write one of "),
        (b"kind: [a]\n", 1, "There is no kind of bundle named"),
        (b"", 1, "A bundle is a mapping."),
        (b"kind: topics\n", 1, "`topics` is missing. Add `topics: …` here."),
    ],
)
def test_it_refuses_files_that_are_no_bundles(
    folder: Path, raw: bytes, line: int, says: str
) -> None:
    (folder / "topics.yaml").write_bytes(raw)

    errors = refuse(folder)

    assert len(errors) == 1
    assert errors[0].startswith(f"{folder}/topics.yaml:{line}: ")
    assert says in errors[0]


def test_it_refuses_another_ending_instead_of_overlooking_the_file(folder: Path) -> None:
    (folder / "topics.yaml").rename(folder / "topics.yml")

    assert refuse(folder) == [
        f"{folder}/topics.yml:1: The name of a bundle ends in `.yaml`. Rename the file."
    ]


def test_it_refuses_a_folder_without_bundles_and_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert refuse(tmp_path) == [
        f"{tmp_path}:1: There is no bundle here. Name a bundle, or a folder with bundles (*.yaml)."
    ]
    assert "There is no bundle here" in refuse(tmp_path / "nowhere")[0]


def test_it_loads_in_the_name_of_somebody(folder: Path, editor: User) -> None:
    load(folder, "--by", "editor")

    assert {event.actor for event in Event.objects.all()} == {"Eda Editor"}


def test_it_refuses_a_name_that_nobody_has(folder: Path) -> None:
    with pytest.raises(CommandError, match="There is no user named 'nobody'"):
        load(folder, "--by", "nobody")


def test_it_refuses_somebody_who_may_not_write_drafts(folder: Path, publisher: User) -> None:
    assert "edit_draft" in refuse(folder, "--by", "publisher")[0]


def test_it_publishes_as_demonstration_people_and_not_twice(folder: Path, edit: Edit) -> None:
    edit(STYE, "  condition: cellulitis-of-the-lid\n", "  body: Germs.\n")
    edit(STYE, "related:\n- cellulitis-of-the-lid\n", "")

    first = load(folder, "--publish")
    before = count_history()
    second = load(folder, "--publish")

    assert first[-1].startswith("published  edition 1 of condition stye (en-GB), sha256:")
    assert count_history() == before
    assert not any(line.startswith("published") for line in second)


def test_a_page_that_cannot_be_published_is_not_loaded_either(folder: Path) -> None:
    errors = refuse(folder, "--publish")

    assert any("cellulitis-of-the-lid" in error for error in errors)


def test_a_dry_run_shows_whether_publishing_would_succeed(folder: Path) -> None:
    assert refuse(folder, "--publish", "--dry-run")


def test_publishing_is_refused_outside_local_mode(
    folder: Path, editor: User, settings: Settings
) -> None:
    settings.CALFCMS_LOCAL = False

    assert "in local mode only" in refuse(folder, "--publish", "--by", "editor")[0]


def test_outside_local_mode_somebody_must_be_named(folder: Path, settings: Settings) -> None:
    settings.CALFCMS_LOCAL = False

    assert refuse(folder) == [
        "Outside local mode, say who loads: --by USERNAME.",
    ]
