"""`manage.py dump_content`: what was loaded comes out byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from conditions.models import Reference

BUNDLES = Path(__file__).parent / "bundles"
FIXTURES = Path(__file__).parents[2] / "fixtures"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def dump(path: Path) -> list[str]:
    """Dump, and give the lines that were printed."""
    out = StringIO()
    call_command("dump_content", str(path), stdout=out)
    return out.getvalue().splitlines()


def read_all(folder: Path) -> dict[str, str]:
    """The text of every file, by its path in the folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode()
        for file in sorted(folder.rglob("*.yaml"))
    }


@pytest.mark.parametrize("source", [BUNDLES, FIXTURES], ids=["made-up", "fixtures"])
def test_what_was_loaded_comes_out_byte_for_byte(source: Path, tmp_path: Path) -> None:
    call_command("load_content", str(source), stdout=StringIO(), stderr=StringIO())

    dump(tmp_path)

    assert read_all(tmp_path) == read_all(source)


def test_it_says_what_it_wrote_and_leaves_equal_files_alone(tmp_path: Path) -> None:
    call_command("load_content", str(BUNDLES / "topics.yaml"), stdout=StringIO())

    first, second = dump(tmp_path / "new"), dump(tmp_path / "new")
    (tmp_path / "new" / "topics.yaml").write_text("kind: topics\n")
    third = dump(tmp_path / "new")

    assert [lines[0].split()[0] for lines in (first, second, third)] == [
        "created",
        "unchanged",
        "changed",
    ]


def test_it_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("mine\n")

    assert dump(tmp_path) == []
    assert (tmp_path / "notes.yaml").read_text() == "mine\n"


def test_it_refuses_a_file_as_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="Name a folder"):
        dump(tmp_path / "file")


def test_members_of_references_come_in_order_whatever_the_database_makes_of_it(
    tmp_path: Path,
) -> None:
    call_command("load_content", str(BUNDLES / "references.yaml"), stdout=StringIO())
    row = Reference.objects.get(key="lidman-2020")
    row.csl = dict(reversed(row.csl.items()))
    row.save()

    dump(tmp_path)

    assert (tmp_path / "references.yaml").read_bytes() == (BUNDLES / "references.yaml").read_bytes()
