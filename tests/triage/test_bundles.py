"""Protocol bundles: from text to draft and back byte for byte, and what is refused where."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from pytest_django import Settings

from calfcms.bundles.errors import BundleRefused
from calfcms.bundles.reading import read_yaml
from calfcms.bundles.writing import write_yaml
from calfcms.publishing.bundles import BundleKind, find_bundle_kind
from calfcms.publishing.models import Document, Edition
from tests.triage.conftest import Press
from tests.triage.examples import CASES, change_part, make_case_set, make_draft
from tests.triage.strategies import drafts
from triage.definition import ProtocolDraft
from triage.models import Protocol

HEAD = "kind: protocol\nslug: a\nlocale: en\ntitle: A\npublisher: p\n"


def get_bundle_kind() -> BundleKind:
    kind = find_bundle_kind("protocol")
    assert kind is not None
    return kind


def parse(text: str) -> ProtocolDraft:
    draft: ProtocolDraft = get_bundle_kind().parse(read_yaml(text, source="x.yaml"))
    return draft


def refuse(text: str) -> list[str]:
    with pytest.raises(BundleRefused) as refused:
        parse(text)
    return [str(error) for error in refused.value.errors]


def write(draft: ProtocolDraft) -> str:
    return write_yaml(get_bundle_kind().data_of(draft))


def line_of(text: str, words: str, occurrence: int = 1) -> int:
    found = [n for n, line in enumerate(text.splitlines(), start=1) if words in line]
    return found[occurrence - 1]


def test_a_protocol_survives_the_way_to_a_file_and_back() -> None:
    assert parse(write(make_draft())) == make_draft()


@given(drafts)
@settings(max_examples=25, deadline=None)
def test_any_draft_survives_the_way_to_a_file_and_back(draft: ProtocolDraft) -> None:
    text = write(draft)

    assert parse(text) == draft
    assert write(parse(text)) == text


def test_fields_come_in_the_order_of_the_draft_without_defaults() -> None:
    assert write(parse(f"{HEAD}gates: []\n")) == HEAD


def test_an_expression_of_several_lines_is_a_literal_block() -> None:
    text = write(make_draft())

    assert "  when: |\n    hum and one_tooth\n    and not all_teeth\n" in text


@pytest.mark.parametrize(
    ("locale", "path"), [("en", "triage/tooth-hum.yaml"), ("hi", "triage/tooth-hum.hi.yaml")]
)
def test_the_name_of_the_file_leaves_english_out(locale: str, path: str) -> None:
    assert get_bundle_kind().path_of(make_draft(locale=locale)) == path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- id: sore_jaw", "- id: sore-jaw", "It must fit ^[a-z][a-z0-9_]*$."),
        ("- id: sore_jaw", "- id: at_least", "word of the expression language"),
        ("red_flag: true", "red_flag: 1", "must be true or false"),
        ("points: 2", "points: 0", "must not be 0"),
        ("points: 2", "points: '2'", "must be a whole number"),
        ("kind: sign", "kind: omen", "Write one of 'symptom', 'sign', 'context' or 'risk'."),
        ("urgency: emergency", "urgency: emergncy", "Did you mean `emergency`?"),
        ("effective_from: 2026-11-20", "effective_from: 2026", "must be a date such as"),
        ("when: smoke", "when: ' '", "must not be empty"),
        ("- tooth-hum/smoke", "- smoking", "write page/part"),
        ("review_interval_months: 12", "review_interval_months: 0", "must be 1 or more"),
    ],
)
def test_it_refuses_a_wrong_value_on_its_line(old: str, new: str, says: str) -> None:
    text = write(make_draft()).replace(old, new, 1)

    [error] = refuse(text)

    assert error.startswith(f"x.yaml:{line_of(text, new)}: ")
    assert says in error


def test_it_refuses_what_is_missing_or_unknown() -> None:
    text = write(make_draft()).replace("question: Does a tooth hum?", "qestion: Does a tooth hum?")

    assert refuse(text) == [
        f"x.yaml:{line_of(text, 'id: hum')}: `question` is missing. Add `question: …` here.",
        f"x.yaml:{line_of(text, 'qestion')}: `qestion` is not a key here. Did you mean `question`?",
    ]


def test_it_refuses_a_conflict_that_is_read_as_something_else() -> None:
    text = write(make_draft()).replace("read_as: one_tooth", "read_as: hum")

    [error] = refuse(text)

    assert error.startswith(f"x.yaml:{line_of(text, 'conflicts:') + 1}: ")
    assert "read_as must be one of the two findings" in error


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- id: sore_jaw", "- id: glow"),
        ("- id: hum_score", "- id: hum"),
        ("- id: high_score", "- id: smoke_seen"),
        ("- id: sweet-hum", "- id: gum-fire"),
        ("- urgency: routine", "- urgency: urgent"),
        ("- code: GB", "- code: generic"),
    ],
)
def test_it_refuses_an_id_used_twice_and_names_both_lines(old: str, new: str) -> None:
    text = write(make_draft()).replace(f"\n{old}\n", f"\n{new}\n", 1)

    first, second = (n for n, line in enumerate(text.splitlines(), 1) if line == new)

    name = new.rpartition(" ")[2]
    assert refuse(text) == [
        f"x.yaml:{second}: `{name}` is used twice. Choose another; the first is on line {first}."
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("  - id: ember", "  - id: fire"), ("- id: theirs", "- id: ours")]
)
def test_it_refuses_a_case_or_a_set_used_twice_and_names_both_lines(old: str, new: str) -> None:
    sets = [
        *make_case_set(CASES["fire"])["case_sets"],
        *make_case_set(CASES["ember"], id="theirs")["case_sets"],
    ]
    text = write(make_draft(case_sets=sets)).replace(f"\n{old}\n", f"\n{new}\n", 1)

    first, second = (n for n, line in enumerate(text.splitlines(), 1) if line == new)

    name = new.rpartition(" ")[2]
    assert refuse(text) == [
        f"x.yaml:{second}: `{name}` is used twice. Choose another; the first is on line {first}."
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("smoke: present", "smoke: yes_it_does", "Write one of 'present', 'absent' or 'unknown'."),
        ("sex: male", "sex: man", "Write one of 'male', 'female', 'other' or 'unknown'."),
        ("age_years: 40", "age_years: 400", "must be 130 or less"),
        ("expected: emergency", "expected: urgent", "acceptable must list what is expected too"),
        ("must_pass: true", "must_pass: 1", "must be true or false"),
    ],
)
def test_it_refuses_a_wrong_value_in_a_case_near_its_line(old: str, new: str, says: str) -> None:
    text = write(make_draft(**make_case_set(CASES["fire"]))).replace(old, new, 1)

    [error] = refuse(text)

    assert says in error
    assert line_of(text, "case_sets:") < int(error.split(":")[1]) <= line_of(text, new)


def test_a_case_reads_like_a_story_with_what_is_there_first() -> None:
    text = write(make_draft(**make_case_set(CASES["fire"])))

    assert text.endswith(
        """\
case_sets:
- id: ours
  title: Our cases
  must_pass: true
  cases:
  - id: fire
    story: Smoke comes out of his mouth.
    age_years: 40
    sex: male
    findings:
      smoke: present
      hum: absent
      fever: unknown
    expected: emergency
    acceptable:
    - emergency
    because: Smoke means fire.
    suspects:
    - gum fire
    source: Tooth Board
"""
    )


def test_it_finds_every_error_at_once() -> None:
    errors = refuse(
        f"{HEAD}gates: [Not-An-Id]\nfindings:\n- id: a\n- id: a\nrules: none\nregions:\n- 1\n"
    )

    assert {int(error.split(":")[1]) for error in errors} == {6, 8, 9, 10, 12}


@pytest.fixture
def folder(tmp_path: Path, press: Press, settings: Settings) -> Path:
    """The example and what it names, dumped as bundles; the protocol has no rows any more."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    press.save_page()
    press.save_protocol()
    call_command("dump_content", str(tmp_path), stdout=StringIO())
    Protocol.objects.all().delete()
    return tmp_path


def load(folder: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("load_content", str(folder), *options, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def test_what_was_loaded_comes_out_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    lines = load(folder)

    call_command("dump_content", str(tmp_path / "again"), stdout=StringIO())

    name = "triage/tooth-hum.yaml"
    assert f"changed    {folder}/{name}" in lines
    assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    assert (folder / name).read_text() == write(make_draft())


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load(folder)

    assert {line.split()[0] for line in load(folder)} == {"unchanged"}


def test_page_and_protocol_are_published_together(folder: Path) -> None:
    load(folder, "--publish")

    assert set(Edition.objects.values_list("document__kind", flat=True)) == {
        "condition",
        "protocol",
    }


def test_a_bad_bundle_is_refused_with_file_and_line_and_nothing_is_loaded(folder: Path) -> None:
    file = folder / "triage" / "tooth-hum.yaml"
    text = file.read_text().replace("id: high_score", "id: high score")
    file.write_text(text)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert str(refused.value).startswith(f"{file}:{line_of(text, 'high score')}: `id` cannot be")
    assert not Protocol.objects.exists()


def test_an_unknown_publisher_is_refused(folder: Path) -> None:
    file = folder / "triage" / "tooth-hum.yaml"
    file.write_text(file.read_text().replace("publisher: demo-library", "publisher: nobody"))

    with pytest.raises(CommandError, match="no publisher with the slug `nobody`"):
        load(folder)


def test_a_wrong_expression_can_be_loaded_but_not_published(folder: Path) -> None:
    file = folder / "triage" / "tooth-hum.yaml"
    file.write_text(write(make_draft(**change_part("rules", "smoke_seen", when="smok"))))

    load(folder)
    with pytest.raises(CommandError, match=r"At line 1, column 1: there is no finding 'smok'"):
        load(folder, "--publish")

    assert Document.objects.filter(kind="protocol").exists()
    assert not Edition.objects.exists()
