"""A reference as plain fields and back: nothing of it is lost on the way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.reference_fields import DATES, LINES, FieldFault, join_csl, split_csl
from conditions.references import Csl

BLANK = dict.fromkeys(["type", "author", "other", *LINES, *DATES], "")

texts = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
names = st.fixed_dictionaries({"family": texts}, optional={"given": texts, "suffix": texts}) | (
    st.fixed_dictionaries({"literal": texts})
)
parts = st.tuples(st.integers(1000, 2030), st.integers(1, 12), st.integers(1, 28))
dates = st.lists(
    st.tuples(parts, st.integers(1, 3)).map(lambda pair: list(pair[0][: pair[1]])),
    min_size=1,
    max_size=2,
).map(lambda spans: {"date-parts": spans})
records = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "webpage", "article-journal"]), "title": texts},
    optional={
        "author": st.lists(names, min_size=1, max_size=3),
        "editor": st.lists(names, min_size=1, max_size=2),
        "issued": dates,
        "accessed": dates,
        "container-title": texts,
        "DOI": st.just("10.1234/x"),
        "note": texts,
        "ISBN": texts,
    },
)


@given(records)
def test_no_record_changes_on_its_way_through_the_form(record: dict[str, Any]) -> None:
    assert join_csl(split_csl(record)) == record


def test_what_fields_can_say_is_in_them() -> None:
    fields = split_csl(
        {
            "type": "article-journal",
            "title": "Glow",
            "author": [{"family": "Ito", "given": "Hana M"}, {"literal": "Ear Board"}],
            "issued": {"date-parts": [[2019, 5, 2]]},
            "DOI": "10.1234/x",
        }
    )

    assert fields == BLANK | {
        "type": "article-journal",
        "title": "Glow",
        "author": "Ito, Hana M\nEar Board",
        "issued": "2019-05-02",
        "doi": "10.1234/x",
    }


@pytest.mark.parametrize(
    "member",
    [
        {"author": [{"family": "Ito", "non-dropping-particle": "van"}]},
        {"author": [{"literal": "Board of Ears, Earford"}]},
        {"issued": {"date-parts": [[2019], [2020]]}},
        {"note": "Kept."},
    ],
)
def test_what_fields_cannot_say_is_kept_as_json(member: dict[str, Any]) -> None:
    record = {"type": "book", "title": "Ears", **member}

    fields = split_csl(record)

    assert next(iter(member)) in fields["other"]
    assert join_csl(fields) == record


def test_the_result_is_checked_as_csl() -> None:
    fields = BLANK | {"type": "book", "title": "Ears", "author": "Ito, Hana", "issued": "1999"}

    assert Csl.model_validate(join_csl(fields)).author[0].family == "Ito"


@pytest.mark.parametrize(
    ("field", "text"),
    [("issued", "May"), ("accessed", "2019/05/01"), ("other", "{"), ("other", "1")],
)
def test_a_fault_names_its_field(field: str, text: str) -> None:
    with pytest.raises(FieldFault) as fault:
        join_csl(BLANK | {"type": "book", field: text})

    assert fault.value.field == field


def test_a_member_is_not_said_twice() -> None:
    with pytest.raises(FieldFault, match="volume: has a field of its own"):
        join_csl(BLANK | {"type": "book", "volume": "1", "other": '{"volume": "2"}'})
